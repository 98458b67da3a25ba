// The accounts behind a shock, now and then, in the order the core gives them.
#pragma once

#include <memory>
#include <optional>

#include "ui/models/column_model.hpp"
#include "ui/what_if_worker.hpp"

namespace breakwater::ui {

class StruckModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        Then,
        Shortfall,
        EquityNow,
        EquityThen,
        MaintenanceThen,
        HealthNow,
        HealthThen,
        Now,
        Columns
    };

    explicit StruckModel(QObject* parent = nullptr);
    void setAnswer(std::shared_ptr<const WhatIfAnswer> answer);
    void setStale(bool stale);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    std::optional<AccountId> accountAt(int row) const;
    const WhatIfAnswer* answer() const { return m_answer.get(); }

private:
    const scenario::Struck& at(int row) const {
        return m_answer->accounts[static_cast<std::size_t>(row)];
    }
    QString figure(const scenario::Struck& struck, int column, bool exact) const;

    std::shared_ptr<const WhatIfAnswer> m_answer;
    bool m_stale = false;
};

}  // namespace breakwater::ui
