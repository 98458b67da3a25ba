#include "widgets/data_strip.hpp"

#include <algorithm>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

DataStrip::DataStrip(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("data health"));
}

void DataStrip::setData(const DataStripData& next) {
    m_data = next;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(next.items.size()) - 1));
    QStringList words;
    for (const DataItem& item : next.items) {
        QString word = item.name + u' ' + item.value;
        if (item.priority != Priority::None) word = priorityWord(item.priority) + u' ' + word;
        if (!item.staleText.isEmpty()) word += u' ' + item.staleText;
        words << word;
    }
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    place();
    update();
}

Runs DataStrip::runsOf(const DataItem& item) const {
    Runs runs;
    const bool abnormal = item.priority != Priority::None;
    if (abnormal) runs.push_back(Run::badge(item.priority));
    Run name = Run::body(item.name, abnormal ? Token::Text : Token::Muted);
    name.font = FontRole::Caption;
    runs.push_back(name);
    Run value = Run::figure(item.value, Priority::None, FontRole::Tick);
    value.tone = abnormal ? Token::Text : Token::Secondary;
    runs.push_back(value.after(5));
    if (!item.staleText.isEmpty()) runs.push_back(Run::stale(item.staleText).after(7));
    return runs;
}

void DataStrip::place() {
    const Theme& theme = Theme::current();
    m_places.clear();
    int x = theme.px(58);
    const int end = width() - theme.px(12) -
                    (m_data.right.empty() ? 0 : runsWidth(m_data.right) + theme.px(16));
    // When room is short the calm items give way, the abnormal ones stay.
    QVector<int> widths;
    int total = 0;
    for (const DataItem& item : std::as_const(m_data.items)) {
        widths << runsWidth(runsOf(item)) + theme.px(8);
        total += widths.back() + theme.px(10);
    }
    for (qsizetype i = m_data.items.size() - 1; i >= 0 && x + total > end; --i) {
        if (m_data.items[i].priority != Priority::None || !m_data.items[i].staleText.isEmpty())
            continue;
        total -= widths[i] + theme.px(10);
        widths[i] = 0;
    }
    for (int itemWidth : widths) {
        m_places << (itemWidth > 0 ? QRect(x, 0, itemWidth, height()) : QRect());
        if (itemWidth > 0) x += itemWidth + theme.px(10);
    }
}

int DataStrip::itemAt(const QPoint& position) const {
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (m_places[i].contains(position)) return static_cast<int>(i);
    }
    return -1;
}

QSize DataStrip::sizeHint() const { return {Theme::current().px(1200), Theme::current().px(26)}; }
QSize DataStrip::minimumSizeHint() const {
    return {Theme::current().px(320), Theme::current().px(26)};
}

void DataStrip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(Token::Win));
    hline(painter, 0, width() - 1, height() - 1, Token::Line);
    Run word = Run::caption(QStringLiteral("DATA"));
    word.font = FontRole::CaptionMedium;
    paintRuns(painter, QRect(theme.px(12), 0, theme.px(44), height()), {word});
    const int pad = theme.px(4);
    for (qsizetype i = 0; i < m_places.size(); ++i) {
        if (m_places[i].isNull()) continue;
        paintRuns(painter, m_places[i].adjusted(pad, 0, -pad + 1, 0), runsOf(m_data.items[i]));
        if (hasFocus() && i == m_current) focusRing(painter, m_places[i].adjusted(0, 1, 0, -2), 3);
    }
    if (m_data.right.empty()) return;
    const int rightWidth = std::min(runsWidth(m_data.right), width() / 3);
    paintRuns(painter, QRect(width() - theme.px(12) - rightWidth, 0, rightWidth, height()),
              m_data.right, Qt::AlignRight | Qt::AlignVCenter);
}

void DataStrip::mousePressEvent(QMouseEvent* event) {
    const int index = itemAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || index < 0) return;
    m_current = index;
    update();
    emit itemActivated(index);
}

void DataStrip::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_data.items.size()) - 1;
    switch (event->key()) {
        case Qt::Key_Left:
        case Qt::Key_Right: {
            const int step = event->key() == Qt::Key_Left ? -1 : 1;
            int next = m_current + step;
            while (next >= 0 && next <= last && m_places.value(next).isNull())
                next += step;
            if (next >= 0 && next <= last) m_current = next;
            update();
            return;
        }
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (m_current <= last) emit itemActivated(m_current);
            return;
        default: QWidget::keyPressEvent(event);
    }
}

void DataStrip::focusInEvent(QFocusEvent*) { update(); }
void DataStrip::focusOutEvent(QFocusEvent*) { update(); }
void DataStrip::resizeEvent(QResizeEvent*) { place(); }

void DataStrip::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) place();
}

bool DataStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = itemAt(help->pos());
        if (index < 0 || m_data.items[index].detail.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), m_data.items[index].detail, this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace breakwater::widgets
