// One row a market: how near it is to its limits and what hangs on it.
#pragma once

#include <optional>

#include <QList>
#include <QString>

#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"
#include "ui/readings.hpp"

namespace breakwater::ui {

enum class MarketOrder : std::uint8_t { Follow, Held };

class MarketsModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        Risk,
        Price,
        Move,
        Spark,
        OpenInterest,
        Skew,
        Depth,
        Below,
        Running,
        Oracle,
        Basis,
        Columns
    };

    explicit MarketsModel(QObject* parent = nullptr);

    void setBoard(const view::Board& board, MarketOrder order);
    void sortBy(int column, Qt::SortOrder order);
    int sortColumn() const { return m_sortColumn; }
    Qt::SortOrder sortOrder() const { return m_sortOrder; }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    std::optional<InstrumentId> marketAt(int row) const;
    int rowOf(InstrumentId market) const;  // -1 when absent

private:
    struct Row {
        InstrumentId id;
        QString symbol;
        breakwater::Price tick;
        widgets::Priority priority = widgets::Priority::None;
        std::optional<NearestRule> rule;
        QString ruleName;
        std::optional<double> price, index, move, openInterest, skew, below, basis;
        double bid = 0, ask = 0;
        std::uint32_t running = 0;
        QList<double> spark;
        OracleReading oracle;
        bool shocked = false;
    };

    Row rowFrom(const view::Board& board, std::size_t market) const;
    double keyOf(const Row& row) const;
    void placeRows(std::vector<Row> rows);
    QVariant display(const Row& row, int column) const;
    QVariant toolTip(const Row& row, int column) const;
    QVariant cell(const Row& row, int column, int role) const;
    QVariant riskBar(const Row& row, int role) const;
    QVariant oracleCell(const Row& row, int role) const;

    std::vector<Row> m_rows;
    int m_sortColumn = Below;
    Qt::SortOrder m_sortOrder = Qt::DescendingOrder;
};

}  // namespace breakwater::ui
