// Who takes liquidation orders: liquidators, and makers that took one in ten minutes.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "core/view/fund_standing.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class TakersModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Name, Fills, Taken, Share, Edge, Free, Inventory, State, Columns };

    explicit TakersModel(QObject* parent = nullptr);

    void setReport(const std::shared_ptr<const view::QueueReport>& report);
    std::optional<AccountId> accountAt(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString name;
        view::TakerRow taker;
        double share = 0;
    };
    QVariant display(const Row& row, int column, bool exact) const;
    std::vector<Row> m_rows;
};

}  // namespace breakwater::ui
