// The row the officer has chosen. A table that merely has the focus has a current row too.
#pragma once

#include <QItemSelectionModel>

#include "widgets/data_table.hpp"

namespace breakwater::ui {

inline int chosenRow(const widgets::DataTable& table) {
    return table.selectionModel() != nullptr && table.selectionModel()->hasSelection()
               ? table.currentRow()
               : -1;
}

// Nothing may move under a chosen row or under the mouse.
inline bool holdsOrder(const widgets::DataTable& table) {
    return chosenRow(table) >= 0 || table.viewport()->underMouse();
}

}  // namespace breakwater::ui
