#include "ui/column_keeper.hpp"

#include <algorithm>
#include <cmath>

#include <QApplication>
#include <QHeaderView>

#include "widgets/theme.hpp"

namespace breakwater::ui {

ColumnKeeper::ColumnKeeper(widgets::DataTable& table, const QVector<int>& widths, int stretch)
    : QObject(&table), m_table(table), m_widths(widths), m_stretch(stretch) {
    table.setColumnWidths(widths);
    table.setStretchColumn(stretch);
    connect(table.horizontalHeader(), &QHeaderView::sectionResized, this, &ColumnKeeper::onResized);
}

void ColumnKeeper::onResized(int column, int, int now) {
    // Only a drag is a wish; a resize of the window is not.
    if (m_applying || column == m_stretch || column >= m_widths.size()) return;
    if (!(QApplication::mouseButtons() & Qt::LeftButton) ||
        !m_table.horizontalHeader()->underMouse())
        return;
    const double scale = widgets::Theme::current().pxF(1);
    m_widths[column] = std::clamp(static_cast<int>(std::lround(now / scale)), 24, 800);
    m_applying = true;
    m_table.setColumnWidths(m_widths);
    m_applying = false;
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
        m_widths[i] = std::clamp(saved[i].toInt(m_widths[i]), 24, 800);
    }
    m_applying = true;
    m_table.setColumnWidths(m_widths);
    m_applying = false;
}

}  // namespace breakwater::ui
