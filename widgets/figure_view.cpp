#include "widgets/figure_view.hpp"

#include <algorithm>

#include <QFontMetrics>
#include <QPainter>

namespace breakwater::widgets {
namespace {

constexpr Qt::Alignment leftMiddle = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment rightMiddle = Qt::AlignRight | Qt::AlignVCenter;
constexpr double factHeight = 23;

FontRole besideRole(FontRole role) {
    return role == FontRole::Hero || role == FontRole::FigureLarge ? FontRole::MonoBody
                                                                   : FontRole::Tick;
}

int textWidth(FontRole role, const QString& text) {
    return text.isEmpty() ? 0 : QFontMetrics(Theme::current().font(role)).horizontalAdvance(text);
}

QString spoken(const QString& value, const QString& extra, Priority priority, const QString& stale,
               const QString& reason) {
    QStringList words;
    for (const QString& word : {reason.isEmpty() ? value : reason, extra, stale}) {
        if (!word.isEmpty()) words << word;
    }
    if (priority != Priority::None) words << priorityWord(priority);
    return words.join(QStringLiteral(", "));
}

}  // namespace

FigureView::FigureView(FontRole role, QWidget* parent) : QWidget(parent), m_role(role) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("figure"));
}

void FigureView::setData(const FigureData& next) {
    const int before = sizeHint().width();
    m_data = next;
    setAccessibleName(next.caption.isEmpty() ? QStringLiteral("figure") : next.caption);
    setAccessibleDescription(spoken(next.value, next.detail + u' ' + next.range, next.priority,
                                    next.staleAge, next.reason));
    if (sizeHint().width() != before) updateGeometry();
    update();
}

QSize FigureView::sizeHint() const {
    const Theme& theme = Theme::current();
    const int line = QFontMetrics(theme.font(m_role)).height();
    const FontRole beside = besideRole(m_role);
    int width = m_data.reason.isEmpty() ? textWidth(m_role, m_data.value)
                                        : textWidth(FontRole::Body, m_data.reason);
    for (const QString& text : {m_data.detail, m_data.range, m_data.staleAge}) {
        if (!text.isEmpty()) width += theme.px(6) + textWidth(beside, text);
    }
    width = std::max(width, textWidth(FontRole::Caption, m_data.caption)) + theme.px(4);
    return {width, (m_data.caption.isEmpty() ? 0 : theme.px(16)) + line};
}

QSize FigureView::minimumSizeHint() const {
    return {textWidth(m_role, m_data.value) + Theme::current().px(4), sizeHint().height()};
}

void FigureView::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    int y = 0;
    if (!m_data.caption.isEmpty()) {
        paintFigure(painter, QRect(0, 0, width(), theme.px(16)), m_data.caption,
                    {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain, leftMiddle});
        y = theme.px(16);
    }
    QRect line(0, y, width(), height() - y);
    if (!m_data.reason.isEmpty()) {
        paintFigure(painter, line, m_data.reason,
                    {FontRole::Body, Token::Muted, Priority::None, RowState::Plain, leftMiddle});
        return;
    }
    if (!m_data.staleAge.isEmpty()) {
        paintStale(painter, line, m_data.value, m_data.staleAge,
                   {m_role == FontRole::Hero ? FontRole::FigureLarge : m_role, Token::Muted,
                    Priority::None, RowState::Plain, leftMiddle});
        return;
    }
    int x = paintFigure(painter, line, m_data.value,
                        {m_role, Token::Text, m_data.priority, RowState::Plain, leftMiddle});
    const FontRole beside = besideRole(m_role);
    // Small text shares the figure's base line, not its middle.
    const QFontMetrics big(theme.font(m_role));
    const QFontMetrics small(theme.font(beside));
    line.translate(
        0, std::max(0, (big.ascent() - big.descent() - small.ascent() + small.descent()) / 2));
    x += theme.px(7);
    x += paintFigure(
        painter, line.adjusted(x, 0, 0, 0), m_data.detail,
        {FontRole::Body, Token::Secondary, Priority::None, RowState::Plain, leftMiddle});
    if (!m_data.detail.isEmpty()) x += theme.px(6);
    paintFigure(painter, line.adjusted(x, 0, 0, 0), m_data.range,
                {beside, Token::Muted, Priority::None, RowState::Plain, leftMiddle});
}

FactList::FactList(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("facts"));
}

void FactList::setFacts(const QVector<Fact>& facts) {
    const bool same = facts.size() == m_facts.size();
    m_facts = facts;
    QStringList lines;
    for (const Fact& fact : facts) {
        lines << fact.name + QStringLiteral(": ") +
                     spoken(fact.value, fact.range, fact.priority, fact.staleAge, fact.reason);
    }
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    if (!same) updateGeometry();
    update();
}

QSize FactList::sizeHint() const {
    const Theme& theme = Theme::current();
    return {theme.px(220), static_cast<int>(m_facts.size()) * theme.px(factHeight)};
}

QSize FactList::minimumSizeHint() const { return {Theme::current().px(120), sizeHint().height()}; }

void FactList::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const int rowHeight = theme.px(factHeight);
    QRect row(0, 0, width(), rowHeight);
    for (const Fact& fact : m_facts) {
        QRect valueBox = row;
        int used = 0;
        if (!fact.reason.isEmpty()) {
            used = paintFigure(
                painter, row, fact.reason,
                {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain, rightMiddle});
        } else if (!fact.staleAge.isEmpty()) {
            const QString all = fact.value + u' ' + fact.staleAge;
            used = std::min(width() * 2 / 3, textWidth(fact.font, all) + theme.px(8));
            paintStale(painter,
                       QRect(row.right() - used + 1, row.top() + theme.px(2), used,
                             rowHeight - theme.px(4)),
                       fact.value, fact.staleAge,
                       {fact.font, Token::Muted, Priority::None, RowState::Plain, rightMiddle});
        } else {
            if (!fact.range.isEmpty()) {
                used = paintFigure(painter, row, fact.range,
                                   {FontRole::Tick, Token::Muted, Priority::None, RowState::Plain,
                                    rightMiddle}) +
                       theme.px(6);
                valueBox.adjust(0, 0, -used, 0);
            }
            used +=
                paintFigure(painter, valueBox, fact.value,
                            {fact.font, Token::Text, fact.priority, RowState::Plain, rightMiddle});
        }
        paintFigure(painter, row.adjusted(0, 0, -used - theme.px(8), 0), fact.name,
                    {FontRole::Body, Token::Muted, Priority::None, RowState::Plain, leftMiddle});
        row.translate(0, rowHeight);
    }
}

}  // namespace breakwater::widgets
