#include "ui/models/accounts_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"
#include "widgets/kpi_bar.hpp"

namespace breakwater::ui {
namespace {

using widgets::CellKind;

constexpr std::array<ColumnInfo, AccountsModel::Columns> kColumns{{
    {"Account", "", 118, Qt::AlignLeft, "Health band, then the account"},
    {"Tag", "", 68, Qt::AlignLeft, "client, maker or liquidator"},
    {"Equity", "$", 72, Qt::AlignRight, "Collateral plus unrealised profit"},
    {"Maint.", "$", 72, Qt::AlignRight, "Maintenance requirement"},
    {"Health", "ratio", 120, Qt::AlignRight, "Equity / maintenance; below 1.00 it is liquidated"},
    {"State", "", 84, Qt::AlignLeft, "Health band, or the running liquidation"},
    {"To liq", "px", 66, Qt::AlignRight,
     "Move of the binding market's mark to maintenance, all else unchanged"},
    {"Lev", "×", 58, Qt::AlignRight, "Gross notional / equity"},
    {"Gross", "$", 74, Qt::AlignRight, "Sum of |position| at the mark"},
    {"uPnL", "$", 72, Qt::AlignRight, "Unrealised profit"},
    {"Cash", "$", 72, Qt::AlignRight, "Settled balance"},
    {"Binding", "", 88, Qt::AlignLeft, "Leg with the largest maintenance requirement"},
}};

constexpr std::array<view::AccountColumn, AccountsModel::Columns> kKeys{
    view::AccountColumn::Name,        view::AccountColumn::Tag,      view::AccountColumn::Equity,
    view::AccountColumn::Maintenance, view::AccountColumn::Health,   view::AccountColumn::Band,
    view::AccountColumn::Distance,    view::AccountColumn::Leverage, view::AccountColumn::Gross,
    view::AccountColumn::Unrealised,  view::AccountColumn::Cash,     view::AccountColumn::State,
};

}  // namespace

AccountsModel::AccountsModel(QObject* parent) : ColumnModel(kColumns, parent) {}

view::AccountColumn AccountsModel::sortKey(int column) {
    return column >= 0 && column < Columns ? kKeys[static_cast<std::size_t>(column)]
                                           : view::AccountColumn::Health;
}

int AccountsModel::columnOf(view::AccountColumn key) {
    const auto found = std::find(kKeys.begin(), kKeys.end(), key);
    return found == kKeys.end() ? Health : static_cast<int>(found - kKeys.begin());
}

void AccountsModel::setSnapshot(std::shared_ptr<const view::Snapshot> snapshot) {
    if (snapshot == m_snapshot) return;
    m_snapshot = std::move(snapshot);
    m_figures.clear();
    everythingChanged();
}

void AccountsModel::setOrder(std::shared_ptr<const view::AccountOrder> order) {
    if (order == m_order) return;
    const std::size_t before = m_order ? m_order->order.size() : 0;
    const std::size_t after = order ? order->order.size() : 0;
    if (before != after) {
        beginResetModel();
        m_order = std::move(order);
        endResetModel();
        return;
    }
    if (after == 0) {
        m_order = std::move(order);
        return;
    }
    // Only the rows something points at need a new place; the others are not looked up.
    std::vector<int> newRowOf(before, -1);
    std::unordered_map<AccountId, std::size_t> wanted;
    for (const QModelIndex& index : persistentIndexList()) {
        const auto row = static_cast<std::size_t>(index.row());
        wanted[m_order->order[row]] = row;
    }
    if (!wanted.empty()) {
        for (std::size_t i = 0; i < after; ++i) {
            const auto found = wanted.find(order->order[i]);
            if (found != wanted.end()) newRowOf[found->second] = static_cast<int>(i);
        }
    }
    reorder(newRowOf, [&] { m_order = std::move(order); });
}

int AccountsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_order || !m_snapshot ? 0
                                                       : static_cast<int>(m_order->order.size());
}

std::optional<AccountId> AccountsModel::accountAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return m_order->order[static_cast<std::size_t>(row)];
}

int AccountsModel::rowOf(AccountId account) const {
    if (!m_order) return -1;
    const auto found = std::find(m_order->order.begin(), m_order->order.end(), account);
    return found == m_order->order.end() ? -1 : static_cast<int>(found - m_order->order.begin());
}

const view::AccountFigures& AccountsModel::figures(AccountId account) const {
    const auto found = m_figures.find(account);
    if (found != m_figures.end()) return found->second;
    if (m_figures.size() >= kCacheLimit) m_figures.clear();
    return m_figures.emplace(account, view::figuresOf(*m_snapshot, account)).first->second;
}

bool AccountsModel::liquidating(AccountId account) const {
    return view::accountOf(*m_snapshot, account).liquidation.value() != 0;
}

QVariant AccountsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const AccountId account = m_order->order[static_cast<std::size_t>(index.row())];
    // Between two sessions an order may name accounts the new snapshot does not have.
    if (account.value() >= m_snapshot->accountCount) return {};
    switch (role) {
        case Qt::DisplayRole: return display(account, index.column());
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return exact(account, index.column());
        case Qt::TextAlignmentRole: return int(column(index.column()).align | Qt::AlignVCenter);
        default: return cell(account, index.column(), role);
    }
}

QVariant AccountsModel::display(AccountId account, int column) const {
    if (column == Name) return text(view::nameOf(*m_snapshot, account));
    if (column == Tag) return tagWord(view::accountOf(*m_snapshot, account).tag);
    const view::AccountFigures& f = figures(account);
    switch (column) {
        case Equity: return widgets::formatShort(f.equity);
        case Maintenance: return f.hasLegs ? widgets::formatShort(f.maintenance) : QString();
        case Health:
            return f.hasLegs && std::isfinite(f.health) ? widgets::formatExact(f.health, 3)
                                                        : QString();
        case State:
            return liquidating(account) ? QStringLiteral("liquidating") : bandShortWord(f.band);
        case Distance:
            if (f.hasLegs && f.health < 1) return QStringLiteral("now");
            return f.distance ? widgets::formatPercent(*f.distance, 1, widgets::Sign::Always)
                              : QString();
        case Leverage:
            if (!f.hasLegs || !std::isfinite(f.leverage)) return QString();
            return f.leverage < 1'000 ? widgets::formatExact(f.leverage, 1)
                                      : widgets::formatShort(f.leverage, 1);
        case Gross: return f.hasLegs ? widgets::formatShort(f.gross) : QString();
        case Unrealised:
            return f.hasLegs ? widgets::formatShort(f.unrealised, -1, widgets::Sign::Always)
                             : QString();
        case Cash: return widgets::formatShort(f.cash);
        case Binding:
            return f.hasLegs ? text((*m_snapshot->markets)[f.binding.value()].instrument.symbol)
                             : QString();
        default: return {};
    }
}

QVariant AccountsModel::exact(AccountId account, int column) const {
    const view::AccountFigures& f = figures(account);
    switch (column) {
        case Equity: return widgets::formatExact(f.equity);
        case Maintenance: return widgets::formatExact(f.maintenance);
        case Gross: return widgets::formatExact(f.gross);
        case Unrealised: return widgets::formatExact(f.unrealised, 2, widgets::Sign::Always);
        case Cash: return widgets::formatExact(f.cash);
        case State: return bandWord(f.band);
        default: return display(account, column);
    }
}

QVariant AccountsModel::cell(AccountId account, int column, int role) const {
    switch (column) {
        case Name:
            if (role == widgets::CellKindRole) return int(CellKind::ShapeText);
            if (role == widgets::CellPriorityRole) return int(priorityOf(figures(account).band));
            if (role == widgets::CellFontRole) return int(widgets::FontRole::TableFigure);
            return {};
        case Tag:
        case State:
        case Binding:
            return role == widgets::CellToneRole ? QVariant(int(widgets::Token::Secondary))
                                                 : QVariant();
        case Health: return healthBar(account, role);
        case Leverage:
            if (role == widgets::CellReasonRole && figures(account).hasLegs &&
                !std::isfinite(figures(account).leverage)) {
                return QStringLiteral("no equity");
            }
            return {};
        default: return {};
    }
}

QVariant AccountsModel::healthBar(AccountId account, int role) const {
    if (role == widgets::CellKindRole) return int(CellKind::BarText);
    const view::AccountFigures& f = figures(account);
    if (!f.hasLegs || !std::isfinite(f.health)) {
        return role == widgets::CellReasonRole ? QVariant(QStringLiteral("no position"))
                                               : QVariant();
    }
    switch (role) {
        case widgets::CellBarValueRole: return std::clamp(f.health, 0.5, 2.0);
        case widgets::CellBarMinRole: return 0.5;
        case widgets::CellBarMaxRole: return 2.0;
        case widgets::CellBarLimitRole: return 1.0;
        case widgets::CellBarWarningRole: return 1.1;
        case widgets::CellBarBandLowRole: return 1.25;
        case widgets::CellBarBandHighRole: return 2.0;
        case widgets::CellBarSideRole: return int(widgets::LimitSide::Below);
        default: return {};
    }
}

}  // namespace breakwater::ui
