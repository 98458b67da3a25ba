#pragma once
// The cells of a heat map as a table, its rows from the top as they are drawn; not for screens.

#include <QAbstractTableModel>

#include "widgets/heat_map.hpp"

namespace breakwater::widgets {

class HeatTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit HeatTableModel(QObject* parent);
    void setData(const HeatMapData& data);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    using QAbstractTableModel::setData;
    HeatMapData m_data;
};

}  // namespace breakwater::widgets
