#pragma once
// The table twin of a loss waterfall; not for screens.

#include <QAbstractTableModel>

#include "widgets/loss_waterfall.hpp"

namespace breakwater::widgets {

class LossTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Condition, Has, Pays, Left, Used, Note, Columns };
    explicit LossTableModel(QObject* parent = nullptr);
    void setData(const LossWaterfallData& data);
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    [[nodiscard]] QVariant text(int row, int column) const;

    LossWaterfallData m_data;
};

}  // namespace breakwater::widgets
