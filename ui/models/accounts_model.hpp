// The accounts table: as many rows as match, figures for the rows that are asked for.
//
// The order is made elsewhere (OrderWorker) from one snapshot; the figures come from the newest
// snapshot, so a row tells the truth even while its place is held.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>

#include <QString>

#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

class AccountsModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        Tag,
        Equity,
        Maintenance,
        Health,
        State,
        Distance,
        Leverage,
        Gross,
        Unrealised,
        Cash,
        Binding,
        Columns
    };

    explicit AccountsModel(QObject* parent = nullptr);

    void setSnapshot(std::shared_ptr<const view::Snapshot> snapshot);
    const std::shared_ptr<const view::Snapshot>& snapshot() const { return m_snapshot; }
    void setOrder(std::shared_ptr<const view::AccountOrder> order);
    const view::AccountOrder* order() const { return m_order.get(); }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

    std::optional<AccountId> accountAt(int row) const;
    int rowOf(AccountId account) const;  // -1 when it does not match
    // Accounts whose figures were computed since the last snapshot; for tests.
    std::size_t figuresHeld() const { return m_figures.size(); }

    static view::AccountColumn sortKey(int column);
    static int columnOf(view::AccountColumn key);

private:
    const view::AccountFigures& figures(AccountId account) const;
    QVariant display(AccountId account, int column) const;
    QVariant exact(AccountId account, int column) const;
    QVariant cell(AccountId account, int column, int role) const;
    QVariant healthBar(AccountId account, int role) const;
    bool liquidating(AccountId account) const;

    static constexpr std::size_t kCacheLimit = 4'096;

    std::shared_ptr<const view::Snapshot> m_snapshot;
    std::shared_ptr<const view::AccountOrder> m_order;
    mutable std::unordered_map<AccountId, view::AccountFigures> m_figures;
};

}  // namespace breakwater::ui
