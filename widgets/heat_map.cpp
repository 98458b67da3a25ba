#include "widgets/heat_map.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLinearGradient>
#include <QMouseEvent>
#include <QToolTip>

#include "widgets/data_table.hpp"
#include "widgets/heat_table_model.hpp"

namespace breakwater::widgets {

HeatMap::HeatMap(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(QStringLiteral("heat map"));
}

void HeatMap::setData(const HeatMapData& next) {
    m_data = next;
    setAccessibleName(next.title.isEmpty() ? QStringLiteral("heat map") : next.title);
    if (!m_hasChosen && next.now) m_chosen = *next.now;
    setChosen(m_chosen);
    if (isTableShown()) m_model->setData(next);
}

void HeatMap::setChosen(QPoint cell) {
    m_chosen = {std::clamp(cell.x(), 0, std::max(0, m_data.columns() - 1)),
                std::clamp(cell.y(), 0, std::max(0, m_data.rows() - 1))};
    describe();
    update();
}

void HeatMap::describe() {
    setAccessibleDescription(m_data.isEmpty()
                                 ? QStringLiteral("no figures")
                                 : words(m_chosen) + QStringLiteral("; F9 shows a table"));
}

QString HeatMap::words(QPoint cell) const {
    if (m_data.isEmpty()) return {};
    const int at = m_data.index(cell);
    QString text = QStringLiteral("%1 %2, %3 %4: %5")
                       .arg(m_data.acrossName, m_data.across[cell.x()], m_data.upName,
                            m_data.up[cell.y()], m_data.exact.value(at, m_data.texts.value(at)));
    if (m_data.past.value(at)) text += QStringLiteral(", ") + m_data.pastName;
    return text;
}

QSize HeatMap::sizeHint() const { return {Theme::current().px(760), Theme::current().px(340)}; }

QSize HeatMap::minimumSizeHint() const {
    return {Theme::current().px(320), Theme::current().px(180)};
}

void HeatMap::setTableShown(bool shown) {
    if (shown == isTableShown()) return;
    if (shown && m_table == nullptr) {
        m_model = new HeatTableModel(this);
        m_table = new DataTable(accessibleName() + QStringLiteral(", table"), this);
        m_table->setModel(m_model);
        m_table->installEventFilter(this);
    }
    const bool focused = hasFocus() || m_table->hasFocus();
    if (shown) {
        m_model->setData(m_data);
        m_table->setColumnWidths(QVector<int>(m_model->columnCount(), 58));
        m_table->setGeometry(rect());
    }
    m_table->setVisible(shown);
    if (focused) (shown ? static_cast<QWidget*>(m_table) : this)->setFocus(Qt::OtherFocusReason);
}

bool HeatMap::isTableShown() const { return m_table != nullptr && !m_table->isHidden(); }

void HeatMap::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (m_table != nullptr) m_table->setGeometry(rect());
}

bool HeatMap::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_table && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_F9) {
        setTableShown(false);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void HeatMap::choose(QPoint cell) {
    m_hasChosen = true;
    const QPoint before = m_chosen;
    setChosen(cell);
    if (m_chosen != before) emit cellChosen(m_chosen.x(), m_chosen.y());
}

void HeatMap::keyPressEvent(QKeyEvent* event) {
    const int step = event->modifiers().testFlag(Qt::ShiftModifier) ? 5 : 1;
    switch (event->key()) {
        case Qt::Key_Left: return choose(m_chosen - QPoint(step, 0));
        case Qt::Key_Right: return choose(m_chosen + QPoint(step, 0));
        case Qt::Key_Up: return choose(m_chosen + QPoint(0, step));
        case Qt::Key_Down: return choose(m_chosen - QPoint(0, step));
        case Qt::Key_Home: return choose({0, m_chosen.y()});
        case Qt::Key_End: return choose({m_data.columns() - 1, m_chosen.y()});
        case Qt::Key_F9: return setTableShown(true);
        case Qt::Key_Return:
        case Qt::Key_Enter:
            m_hasChosen = true;
            if (!m_data.isEmpty()) emit cellActivated(m_chosen.x(), m_chosen.y());
            return;
        default: QWidget::keyPressEvent(event);
    }
}

void HeatMap::mousePressEvent(QMouseEvent* event) {
    const std::optional<QPoint> cell = cellAt(event->position().toPoint());
    if (!cell || event->button() != Qt::LeftButton) return;
    choose(*cell);
    emit cellActivated(cell->x(), cell->y());
}

void HeatMap::focusInEvent(QFocusEvent*) { update(); }
void HeatMap::focusOutEvent(QFocusEvent*) { update(); }

bool HeatMap::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const std::optional<QPoint> cell = cellAt(help->pos());
        if (cell) {
            QToolTip::showText(help->globalPos(), words(*cell), this);
        } else {
            QToolTip::hideText();
        }
        return true;
    }
    return QWidget::event(event);
}

}  // namespace breakwater::widgets
