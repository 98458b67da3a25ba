// Why an event came: first cause first, the event itself last.
#pragma once

#include <optional>
#include <vector>

#include "ui/models/column_model.hpp"
#include "ui/record_desk.hpp"

namespace breakwater::ui {

class CausesModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { When, What, Why, Columns };

    explicit CausesModel(QObject* parent = nullptr);

    void setLinks(std::vector<CauseLink> links);
    void setCursor(std::optional<Sequence> cursor);  // links after it are dashed
    const CauseLink* linkAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    int linkFlags(int row) const;

    std::vector<CauseLink> m_links;
    std::optional<Sequence> m_cursor;
};

}  // namespace breakwater::ui
