// What happened to one liquidation, newest first, in short sentences.
#pragma once

#include <vector>

#include <QString>

#include "core/view/queue_view.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class TraceModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { When, What, Columns };

    explicit TraceModel(QObject* parent = nullptr);

    void setLiquidation(const view::Snapshot* snapshot, LiquidationId id);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString when, what;
    };
    std::vector<Row> m_rows;
};

}  // namespace breakwater::ui
