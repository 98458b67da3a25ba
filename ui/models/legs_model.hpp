// The positions of one account at the marks of one snapshot.
#pragma once

#include <optional>
#include <vector>

#include <QString>

#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class LegsModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Name, Size, Unrealised, Margin, Columns };

    explicit LegsModel(QObject* parent = nullptr);

    void setAccount(const view::Snapshot* snapshot, std::optional<AccountId> account);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    struct Row {
        QString symbol;
        double size = 0, unrealised = 0, margin = 0;
        bool marked = false;
    };
    std::vector<Row> m_rows;
};

}  // namespace breakwater::ui
