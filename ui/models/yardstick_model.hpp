// How far each market is from the first dollar of ADL, beside the recorded crashes.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "core/view/crashes.hpp"
#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class YardstickModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Name, Move, Newest, Further, Columns };

    explicit YardstickModel(QObject* parent = nullptr);

    void setBoard(const view::Board& board);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString symbol;
        std::optional<double> move;
        std::optional<view::Comparator> comparator;
    };
    std::vector<Row> m_rows;
};

// "10 Oct 2025 ×0.7", empty when no recorded crash has the underlying.
QString comparatorText(const view::Snapshot& snapshot, std::size_t market, double move);

}  // namespace breakwater::ui
