#include "ui/column_keeper.hpp"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QHeaderView>
#include <QResizeEvent>

#include "widgets/theme.hpp"

namespace breakwater::ui {
namespace {

constexpr int kLeast = 24;
constexpr int kMost = 800;

}  // namespace

ColumnKeeper::ColumnKeeper(widgets::DataTable& table, const QVector<int>& widths, int stretch)
    : QObject(&table), m_table(table), m_widths(widths), m_stretch(stretch) {
    table.setStretchColumn(stretch);
    apply(table.viewport()->width());
    table.viewport()->installEventFilter(this);
    connect(table.horizontalHeader(), &QHeaderView::sectionResized, this, &ColumnKeeper::onResized);
}

void ColumnKeeper::apply(int room) {
    double needed = 0;
    for (int i = 0; i < m_widths.size(); ++i) {
        if (!m_table.isColumnHidden(i)) needed += widgets::Theme::current().pxF(m_widths[i]);
    }
    m_growth = needed > 0 ? std::clamp(room / needed, 1.0, kMostGrowth) : 1;
    QVector<int> grown;
    // Rounded down, so that the sum never asks for a scroll bar.
    for (const int width : m_widths)
        grown.append(static_cast<int>(width * m_growth));
    m_applying = true;
    m_table.setColumnWidths(grown);
    m_applying = false;
}

bool ColumnKeeper::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize) apply(static_cast<QResizeEvent*>(event)->size().width());
    return QObject::eventFilter(watched, event);
}

void ColumnKeeper::onResized(int column, int, int now) {
    // Only a drag is a wish; a resize of the window is not.
    if (m_applying || column == m_stretch || column >= m_widths.size()) return;
    const bool dragged = QApplication::mouseButtons() & Qt::LeftButton;
    if (!dragged || !m_table.horizontalHeader()->underMouse()) return;
    const double scale = widgets::Theme::current().pxF(1) * m_growth;
    m_widths[column] = std::clamp(static_cast<int>(std::lround(now / scale)), kLeast, kMost);
}

QJsonArray ColumnKeeper::save() const {
    QJsonArray out;
    for (const int width : m_widths)
        out.append(width);
    return out;
}

void ColumnKeeper::restore(const QJsonArray& saved) {
    if (saved.size() != m_widths.size()) return;  // other columns than today's
    for (int i = 0; i < m_widths.size(); ++i) {
        m_widths[i] = std::clamp(saved[i].toInt(m_widths[i]), kLeast, kMost);
    }
    apply(m_table.viewport()->width());
}

}  // namespace breakwater::ui
