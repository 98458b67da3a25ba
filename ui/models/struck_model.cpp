#include "ui/models/struck_model.hpp"

#include <array>
#include <unordered_map>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, StruckModel::Columns> kColumns{{
    {"Account", "", 118, Qt::AlignLeft, "Health band after the shock, then the account"},
    {"Then", "", 92, Qt::AlignLeft, "Health band after the shock"},
    {"Shortfall", "$", 76, Qt::AlignRight, "What it owes after the shock: -equity"},
    {"Equity now", "$", 84, Qt::AlignRight, "Collateral plus unrealised profit today"},
    {"Equity then", "$", 84, Qt::AlignRight, "... and at the shocked marks"},
    {"Maint. then", "$", 84, Qt::AlignRight, "Maintenance requirement at the shocked marks"},
    {"Health now", "ratio", 96, Qt::AlignRight, "Equity / maintenance today"},
    {"Health then", "ratio", 100, Qt::AlignRight, "Equity / maintenance at the shocked marks"},
    {"Now", "", 96, Qt::AlignLeft, "Health band today, or the running liquidation"},
}};

QString healthText(Money equity, Money maintenance) {
    if (!maintenance.isPositive()) return {};
    return widgets::formatExact(equity.toDouble() / maintenance.toDouble(), 3);
}

}  // namespace

StruckModel::StruckModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void StruckModel::setAnswer(std::shared_ptr<const WhatIfAnswer> answer) {
    const std::size_t before = m_answer ? m_answer->accounts.size() : 0;
    const std::size_t after = answer ? answer->accounts.size() : 0;
    if (before != after) {
        beginResetModel();
        m_answer = std::move(answer);
        endResetModel();
        return;
    }
    if (after == 0) {
        m_answer = std::move(answer);
        return;
    }
    // Only what something points at needs its new place.
    std::vector<int> newRowOf(before, -1);
    std::unordered_map<AccountId, std::size_t> wanted;
    for (const QModelIndex& index : persistentIndexList())
        wanted[at(index.row()).account] = static_cast<std::size_t>(index.row());
    for (std::size_t i = 0; !wanted.empty() && i < after; ++i) {
        const auto found = wanted.find(answer->accounts[i].account);
        if (found != wanted.end()) newRowOf[found->second] = static_cast<int>(i);
    }
    reorder(newRowOf, [&] { m_answer = std::move(answer); });
}

void StruckModel::setStale(bool stale) {
    if (stale == m_stale) return;
    m_stale = stale;
    everythingChanged();
}

int StruckModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_answer ? 0 : static_cast<int>(m_answer->accounts.size());
}

std::optional<AccountId> StruckModel::accountAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return at(row).account;
}

QString StruckModel::figure(const scenario::Struck& s, int column, bool exact) const {
    const auto money = [exact](Money amount) {
        return exact ? widgets::formatExact(amount.toDouble())
                     : widgets::formatShort(amount.toDouble());
    };
    const view::Snapshot& snapshot = *m_answer->job.snapshot;
    switch (column) {
        case Name: return text(view::nameOf(snapshot, s.account));
        case Then: return exact ? bandWord(s.bandThen) : bandShortWord(s.bandThen);
        case Shortfall: return s.shortfall().isPositive() ? money(s.shortfall()) : QString();
        case EquityNow: return money(s.equityNow);
        case EquityThen: return money(s.equityThen);
        case MaintenanceThen: return money(s.maintenanceThen);
        case HealthNow: return healthText(s.equityNow, s.maintenanceNow);
        case HealthThen: return healthText(s.equityThen, s.maintenanceThen);
        case Now:
            if (view::accountOf(snapshot, s.account).liquidation.value() != 0)
                return QStringLiteral("liquidating");
            return s.bandNow == HealthBand::Healthy ? QStringLiteral("healthy")
                   : exact                          ? bandWord(s.bandNow)
                                                    : bandShortWord(s.bandNow);
        default: return {};
    }
}

QVariant StruckModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const scenario::Struck& s = at(index.row());
    const int c = index.column();
    switch (role) {
        case Qt::DisplayRole: return figure(s, c, false);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return figure(s, c, true);
        case Qt::TextAlignmentRole: return int(column(c).align | Qt::AlignVCenter);
        case widgets::CellKindRole:
            return c == Name ? QVariant(int(widgets::CellKind::ShapeText)) : QVariant();
        // Nobody has fallen yet: the shape is that of the band, the figures stay calm.
        case widgets::CellPriorityRole:
            return c == Name ? QVariant(int(priorityOf(s.bandThen))) : QVariant();
        case widgets::CellFontRole:
            return c == Name ? QVariant(int(widgets::FontRole::TableFigure)) : QVariant();
        case widgets::CellToneRole:
            if (m_stale) return int(widgets::Token::Muted);
            return c == Now || c == EquityNow || c == HealthNow || c == Then
                       ? QVariant(int(widgets::Token::Secondary))
                       : QVariant();
        case widgets::CellReasonRole:
            return (c == HealthNow && !s.maintenanceNow.isPositive()) ||
                           (c == HealthThen && !s.maintenanceThen.isPositive())
                       ? QVariant(QStringLiteral("no position"))
                       : QVariant();
        default: return {};
    }
}

}  // namespace breakwater::ui
