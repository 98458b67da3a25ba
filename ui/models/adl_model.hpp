// Who would be closed by ADL on one side of one market, first first.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "core/view/fund_standing.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class AdlModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Rank, Name, Profit, Leverage, Score, Size, Closes, Gives, Now, Columns };

    explicit AdlModel(QObject* parent = nullptr);

    void setSide(const std::shared_ptr<const view::QueueReport>& report, InstrumentId market,
                 bool longs);
    std::optional<AccountId> accountAt(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString name;
        view::AdlRank rank;
    };
    std::vector<Row> m_rows;
};

}  // namespace breakwater::ui
