// One row a running liquidation: how it stands and why.
#pragma once

#include <optional>
#include <vector>

#include "core/view/fund_standing.hpp"
#include "ui/models/column_model.hpp"
#include "widgets/badge.hpp"

namespace breakwater::ui {

enum class QueueFilter : std::uint8_t { All, Stuck, Underwater };
enum class QueueOrder : std::uint8_t { Follow, Held };  // held: rows keep their places

class QueueModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        Market,
        Step,
        Size,
        Limit,
        Age,
        Impact,
        Equity,
        Shortfall,
        State,
        Since,
        Columns
    };

    explicit QueueModel(QObject* parent = nullptr);

    void setReport(const std::shared_ptr<const view::QueueReport>& report, QueueFilter filter,
                   QueueOrder order);
    const view::QueueRow* at(int row) const;
    int rowOf(LiquidationId id) const;  // -1 when absent
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    void place(std::vector<view::QueueRow> rows);
    QVariant display(const view::QueueRow& row, int column) const;
    QVariant toolTip(const view::QueueRow& row, int column) const;
    QVariant cell(const view::QueueRow& row, int column, int role) const;
    QString marketText(const view::QueueRow& row) const;

    std::shared_ptr<const view::QueueReport> m_report;
    std::vector<view::QueueRow> m_rows;
};

// "STUCK" rows carry the priority of the alarm that speaks of them.
widgets::Priority stuckPriority();
QString stateWord(view::QueueState state);

}  // namespace breakwater::ui
