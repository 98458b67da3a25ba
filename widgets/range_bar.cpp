#include "widgets/range_bar.hpp"

#include <algorithm>

#include <QPainter>

namespace breakwater::widgets {

RangeBar::RangeBar(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("range"));
}

void RangeBar::setData(const RangeBarData& next) {
    m_data = next;
    setAccessibleName(next.name.isEmpty() ? QStringLiteral("range") : next.name);
    setAccessibleDescription(next.reason.isEmpty() ? next.text + u' ' + next.rangeText
                                                   : next.reason);
    update();
}

QSize RangeBar::sizeHint() const { return {Theme::current().px(140), Theme::current().px(36)}; }
QSize RangeBar::minimumSizeHint() const {
    return {Theme::current().px(80), Theme::current().px(36)};
}

void RangeBar::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
    const QRect line(0, 0, width(), theme.px(18));
    if (!m_data.reason.isEmpty()) {
        paintFigure(painter, line, m_data.reason,
                    {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain, left});
        return;
    }
    const int used =
        paintFigure(painter, line, m_data.text,
                    {FontRole::MonoBodyStrong, Token::Text, Priority::None, RowState::Plain, left});
    paintFigure(painter, line.adjusted(used + theme.px(8), 0, 0, 0), m_data.rangeText,
                {FontRole::Tick, Token::Muted, Priority::None, RowState::Plain, left});

    const double span = m_data.maximum - m_data.minimum;
    const auto x = [&](double value) {
        return span > 0
                   ? std::clamp((value - m_data.minimum) / span, 0.0, 1.0) * (width() - theme.px(2))
                   : 0.0;
    };
    const int track = theme.px(4);
    const int bar = theme.px(8);
    const int tick = theme.px(14);
    const int middle = theme.px(27);
    const QRect groove(0, middle - track / 2, width(), track);
    painter.fillRect(groove, theme.color(Token::Sunken));
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line));
        painter.drawRect(groove.adjusted(0, 0, -1, -1));
    }
    if (m_data.low && m_data.high) {
        const int from = static_cast<int>(x(*m_data.low));
        const int to = std::max(from + theme.px(2), static_cast<int>(x(*m_data.high)));
        painter.fillRect(QRect(from, middle - bar / 2, to - from, bar), theme.color(Token::Bar));
    }
    if (m_data.median) {
        const Token tone = m_data.low && m_data.high ? Token::Text : Token::Secondary;
        painter.fillRect(
            QRect(static_cast<int>(x(*m_data.median)), middle - tick / 2, theme.px(2), tick),
            theme.color(tone));
    }
}

}  // namespace breakwater::widgets
