// A small table whose rows a screen writes as finished words.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "ui/models/column_model.hpp"
#include "widgets/badge.hpp"

namespace breakwater::ui {

struct TableCell {
    QString text;
    QString exact;   // tooltip and screen reader, where it says more than the text
    QString reason;  // instead of a value
    widgets::Priority shape = widgets::Priority::None;   // before the first column's text
    widgets::Priority figure = widgets::Priority::None;  // colours the figure
    widgets::Token tone = widgets::Token::Text;
    std::optional<double> share;  // a bar, 0..1, in place of the text
    bool total = false;
};
using TableRow = std::vector<TableCell>;

class CellsModel : public ColumnModel {
    Q_OBJECT

public:
    // `columns` must outlive the model.
    explicit CellsModel(std::span<const ColumnInfo> columns, QObject* parent = nullptr);
    void setRows(std::vector<TableRow> rows);
    // Every figure muted: what it rests on has moved on.
    void setStale(bool stale);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    QVariant look(const TableCell& cell, const QModelIndex& index, int role) const;

    std::vector<TableRow> m_rows;
    bool m_stale = false;
};

}  // namespace breakwater::ui
