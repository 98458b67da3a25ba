// The rows of the drill-down's tables. Pure: the same account at the same snapshot gives the same
// words; every figure stands exact in the cell's tooltip.
#pragma once

#include "core/view/account_detail.hpp"
#include "core/view/event_line.hpp"
#include "core/view/liquidation_path.hpp"
#include "ui/models/cells_model.hpp"

namespace breakwater::ui {

QString exactText(Decimal value);  // 12,345.678901234567: every digit there is
QString exactText(Money value);

std::span<const ColumnInfo> positionColumns();
std::span<const ColumnInfo> collateralColumns();
std::span<const ColumnInfo> termColumns();
std::span<const ColumnInfo> distanceColumns();
std::span<const ColumnInfo> pathColumns();
std::span<const ColumnInfo> accountEventColumns();

std::vector<CellRow> positionRows(const view::Snapshot& snapshot,
                                  const view::AccountDetail& detail);
std::vector<CellRow> collateralRows(const view::Snapshot& snapshot,
                                    const view::AccountDetail& detail);
std::vector<CellRow> termRows(const view::Snapshot& snapshot, const view::AccountDetail& detail);
std::vector<CellRow> distanceRows(const view::Snapshot& snapshot,
                                  const view::AccountDetail& detail);
std::vector<CellRow> pathRows(const view::Snapshot& snapshot, const view::LiquidationPath& path);
std::vector<CellRow> accountEventRows(const std::vector<view::EventLine>& oldestFirst);

// What the path comes to, one sentence: "restored at health 1.25 after 4 orders".
QString pathEndText(const view::Snapshot& snapshot, const view::LiquidationPath& path);

}  // namespace breakwater::ui
