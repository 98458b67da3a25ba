#pragma once
// The columns of the lanes as rows of a table; not for screens.

#include <QAbstractTableModel>

#include "widgets/lanes.hpp"

namespace breakwater::widgets {

class LanesTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    explicit LanesTableModel(QObject* parent);
    void setData(const LanesData& data);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] QVector<int> widths() const;
    [[nodiscard]] int rowAt(double utcMs) const;

private:
    using QAbstractTableModel::setData;
    [[nodiscard]] TimeRange timesOf(int row) const;
    [[nodiscard]] QString cell(const Lane& lane, int row) const;

    LanesData m_data;
};

}  // namespace breakwater::widgets
