#pragma once
// A table like the design's Markets table, as a model written against the cell roles.

#include <QAbstractTableModel>

#include "widgets/lanes.hpp"

class MarketsModel : public QAbstractTableModel {
public:
    using QAbstractTableModel::QAbstractTableModel;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

// Twenty minutes from 21:00 on, a column a second: price, open interest, liquidations, breakers,
// alarms.
breakwater::widgets::LanesData sampleLanes();
