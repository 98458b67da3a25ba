// The fund's cash by cause: session and last hour, with their sum.
#pragma once

#include <vector>

#include <QString>

#include "core/view/fund_standing.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class FlowsModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Cause, Hour, Session, Count, Columns };

    explicit FlowsModel(QObject* parent = nullptr);

    void setFlows(const std::vector<view::FundFlow>& flows);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<view::FundFlow> m_rows;  // the last is the sum
};

}  // namespace breakwater::ui
