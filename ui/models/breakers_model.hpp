// One row a market: what its breaker is told, what it was seen to do, and what comes next.
#pragma once

#include <optional>

#include <QString>

#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"
#include "ui/readings.hpp"

namespace breakwater::ui {

class BreakersModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Name, Level, State, SetBy, Since, Ends, Summary, Left, Effect, Rule, Columns };

    explicit BreakersModel(QObject* parent = nullptr);

    // Levels that are on first, then the nearest to a trip; `held` keeps the present order.
    enum class Order : std::uint8_t { Follow, Held };
    void setBoard(const view::Board& board, Order order);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    std::optional<InstrumentId> marketAt(int row) const;
    int rowOf(InstrumentId market) const;

private:
    struct Row {
        InstrumentId id;
        QString symbol;
        BreakerState breaker;
        std::optional<NearestRule> rule;
        QString ruleName;
        Duration left;     // to the end of the level
        Duration waiting;  // since the change was commanded
        bool blind = false;
        QString stateText;
    };

    static Row rowFrom(const view::Snapshot& snapshot, std::size_t market);
    QVariant display(const Row& row, int column) const;
    static QString summary(const Row& row);
    QVariant cell(const Row& row, int column, int role) const;
    QVariant ruleCell(const Row& row, int role) const;
    static bool pending(const Row& row) { return row.breaker.level != row.breaker.effective; }

    std::vector<Row> m_rows;
};

}  // namespace breakwater::ui
