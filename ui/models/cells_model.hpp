// A table made anew for each snapshot from a few rows of finished cells.
//
// Rows have a key: while the keys stay, rows keep their place and the choice stays with them.
#pragma once

#include <utility>
#include <vector>

#include <QString>

#include "ui/models/column_model.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {

struct Cell {
    QString text;
    QString exact;  // tooltip and screen reader; empty: the text
    std::vector<std::pair<int, QVariant>> roles{};

    Cell& with(int role, QVariant value) {
        roles.emplace_back(role, std::move(value));
        return *this;
    }
    Cell& tone(widgets::Token token) { return with(widgets::CellToneRole, int(token)); }
    Cell& shape(widgets::Priority priority) {
        return with(widgets::CellKindRole, int(widgets::CellKind::ShapeText))
            .with(widgets::CellPriorityRole, int(priority));
    }
};
inline Cell noCell(const QString& reason) { return Cell().with(widgets::CellReasonRole, reason); }

struct CellRow {
    QString key;
    std::vector<Cell> cells;
    bool total = false;
};

class CellsModel : public ColumnModel {
    Q_OBJECT

public:
    CellsModel(std::span<const ColumnInfo> columns, QObject* parent = nullptr);

    void setRows(std::vector<CellRow> rows);
    // Every figure muted: what it rests on has moved on.
    void setStale(bool stale);
    const std::vector<CellRow>& rows() const { return m_rows; }
    int rowOf(const QString& key) const;  // -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<CellRow> m_rows;
    bool m_stale = false;
};

}  // namespace breakwater::ui
