// Every open alarm, worst first, then first out.
#pragma once

#include <optional>
#include <vector>

#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class AlarmsModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Headline, Effect, State, Raised, Left, Columns };

    explicit AlarmsModel(QObject* parent = nullptr);

    void setBoard(const view::Board& board);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    const view::Alarm* alarmAt(int row) const;

private:
    QVariant display(const view::Alarm& alarm, int column) const;

    Instant m_now;
    std::vector<view::Alarm> m_rows;
};

}  // namespace breakwater::ui
