#pragma once
// The points of a chart as a table; not for screens.

#include <QAbstractTableModel>
#include <QVector>

#include "widgets/chart_view.hpp"

namespace breakwater::widgets {

class ChartTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit ChartTableModel(QObject* parent);
    void setData(const ChartData& data);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    using QAbstractTableModel::setData;
    ChartData m_data;
    QVector<double> m_instants;  // union of all series, ascending
};

}  // namespace breakwater::widgets
