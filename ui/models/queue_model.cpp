#include "ui/models/queue_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::CellKind;
using widgets::Priority;

constexpr int kBoxes = 5;

constexpr std::array<ColumnInfo, QueueModel::Columns> kColumns{{
    {"Account", "", 116, Qt::AlignLeft, "Account in liquidation"},
    {"Market", "", 92, Qt::AlignLeft, "Market of its order, or its largest leg"},
    {"Step", "", 116, Qt::AlignLeft,
     "Share of the leg that is closed since its first order, and orders placed so far"},
    {"Size left", "", 72, Qt::AlignRight, "Contracts of that leg still open"},
    {"Limit vs mark", "%", 92, Qt::AlignRight,
     "The bankruptcy price against the mark; no worse price is accepted while equity lasts"},
    {"Age", "", 52, Qt::AlignRight, "Venue time since it began"},
    {"Impact est.", "%", 84, Qt::AlignRight,
     "Move of the price if the leg is closed at once: 1 % x value / depth within 1 %"},
    {"Equity", "$", 84, Qt::AlignRight, "Exact equity at the mark"},
    {"Shortfall est.", "$", 98, Qt::AlignRight,
     "Missing once all its legs are closed into the book, alone in it"},
    {"State", "", 232, Qt::AlignLeft, "Why it stands where it stands"},
    {"For", "", 60, Qt::AlignRight, "How long it has stood there"},
}};

}  // namespace

Priority stuckPriority() {
    return priorityOf(view::recordOf(view::AlarmKind::LiquidationStuck).priority);
}

QString stateWord(view::QueueState state) {
    switch (state) {
        case view::QueueState::OrderStands: return QStringLiteral("order stands");
        case view::QueueState::NextStep: return QStringLiteral("next step");
        case view::QueueState::NoBid: return QStringLiteral("no taker");
        case view::QueueState::FundBehind: return QStringLiteral("fund behind it");
        case view::QueueState::BelowZero: return QStringLiteral("below zero");
        case view::QueueState::Uncovered: return QStringLiteral("uncovered");
        case view::QueueState::Blind: return QStringLiteral("blind");
        case view::QueueState::Stopped: return QStringLiteral("stopped");
    }
    return {};
}

QueueModel::QueueModel(QObject* parent) : ColumnModel(kColumns, parent) {}

int QueueModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

const view::QueueRow* QueueModel::at(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

int QueueModel::rowOf(LiquidationId id) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == id) return static_cast<int>(i);
    }
    return -1;
}

void QueueModel::setReport(const std::shared_ptr<const view::QueueReport>& report,
                           QueueFilter filter, QueueOrder order) {
    m_report = report;
    std::vector<view::QueueRow> rows;
    if (report) {
        for (const view::QueueRow& row : report->queue.rows) {
            if (filter == QueueFilter::Stuck && !row.isStuck) continue;
            if (filter == QueueFilter::Underwater && !row.isUnderwater) continue;
            rows.push_back(row);
        }
    }
    if (order == QueueOrder::Held) {
        // Those that were there keep their places; what is new stands below them.
        std::map<LiquidationId, std::size_t> before;
        for (std::size_t i = 0; i < m_rows.size(); ++i)
            before[m_rows[i].id] = i;
        const auto placeOf = [&](const view::QueueRow& row) {
            const auto found = before.find(row.id);
            return found == before.end() ? before.size() : found->second;
        };
        std::stable_sort(rows.begin(), rows.end(),
                         [&](const view::QueueRow& a, const view::QueueRow& b) {
                             return placeOf(a) < placeOf(b);
                         });
    }
    place(std::move(rows));
}

void QueueModel::place(std::vector<view::QueueRow> rows) {
    std::map<LiquidationId, int> places;
    for (std::size_t i = 0; i < rows.size(); ++i)
        places[rows[i].id] = static_cast<int>(i);
    std::vector<int> newRowOf;
    bool same = rows.size() == m_rows.size(), moved = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto found = places.find(m_rows[i].id);
        newRowOf.push_back(found == places.end() ? -1 : found->second);
        same = same && newRowOf.back() >= 0;
        moved = moved || newRowOf.back() != static_cast<int>(i);
    }
    if (!same) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    if (moved)
        reorder(newRowOf, [&] { m_rows = std::move(rows); });
    else
        m_rows = std::move(rows);
    everythingChanged();
}

QString QueueModel::marketText(const view::QueueRow& row) const {
    if (!row.market) return {};
    return text((*m_report->snapshot->markets)[row.market->value()].instrument.symbol);
}

QVariant QueueModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const view::QueueRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return display(row, index.column());
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return toolTip(row, index.column());
        case Qt::TextAlignmentRole: return int(column(index.column()).align | Qt::AlignVCenter);
        default: return cell(row, index.column(), role);
    }
}

QVariant QueueModel::display(const view::QueueRow& row, int column) const {
    const view::Snapshot& snapshot = *m_report->snapshot;
    switch (column) {
        case Name: return text(view::nameOf(snapshot, row.account));
        case Market: return marketText(row);
        case Step: return QString::number(row.steps);
        case Size:
            return row.market && row.sizeLeft != 0 ? widgets::formatQuantity(std::abs(row.sizeLeft))
                                                   : QString();
        case Limit:
            return row.hasLimit ? widgets::formatExact(row.limitGap * 100, 2, widgets::Sign::Always)
                                : QString();
        case Age: return widgets::formatCountdown(millis(row.age));
        case Impact: return row.impact != 0 ? widgets::formatExact(row.impact * 100, 2) : QString();
        case Equity: return widgets::formatShort(row.equity);
        case Shortfall: return row.shortfall > 0 ? widgets::formatShort(row.shortfall) : QString();
        case State: return row.isStuck ? QStringLiteral("STUCK ") + text(row.why) : text(row.why);
        case Since: return widgets::formatCountdown(millis(snapshot.asOf - row.stateSince));
        default: return {};
    }
}

QVariant QueueModel::toolTip(const view::QueueRow& row, int column) const {
    switch (column) {
        case Step:
            return QStringLiteral("%1 of the leg closed, %2 orders")
                .arg(widgets::formatPercent(row.closedShare))
                .arg(row.steps);
        case Size: return widgets::formatExact(row.sizeLeft, 4);
        case Limit:
            if (row.hasLimit)
                return QStringLiteral("bankruptcy price %1").arg(text(row.limit.toString()));
            return row.isUnderwater ? QStringLiteral("any price: the fund stands behind it")
                                    : QStringLiteral("no order stands");
        case Equity: return widgets::formatExact(row.equity);
        case Shortfall: return widgets::formatExact(row.shortfall);
        case State: {
            const QString why = display(row, column).toString();
            return row.advice.empty() ? why : why + QStringLiteral(". ") + text(row.advice);
        }
        default: return display(row, column);
    }
}

QVariant QueueModel::cell(const view::QueueRow& row, int column, int role) const {
    switch (column) {
        case Name:
            if (role == widgets::CellKindRole) return int(CellKind::ShapeText);
            if (role == widgets::CellPriorityRole)
                return int(row.isStuck ? stuckPriority() : Priority::None);
            if (role == widgets::CellFontRole) return int(widgets::FontRole::TableFigure);
            return {};
        case Market:
            if (role == widgets::CellReasonRole && !row.market) return QStringLiteral("flat");
            return {};
        case Step:
            if (role == widgets::CellKindRole) return int(CellKind::Level);
            if (role == widgets::CellLevelRole)
                return static_cast<int>(std::floor(row.closedShare * kBoxes + 1e-9));
            if (role == widgets::CellLevelMaxRole) return kBoxes;
            return {};
        case Impact:
            if (role == widgets::CellReasonRole && row.market && row.sizeLeft != 0 && !row.hasDepth)
                return QStringLiteral("no depth");
            return {};
        case Limit:
            if (role == widgets::CellReasonRole && !row.hasLimit && row.isUnderwater)
                return QStringLiteral("any price");
            return {};
        case State:
            if (role == widgets::CellFigureRole && row.isStuck) return int(stuckPriority());
            if (role == widgets::CellToneRole && !row.isStuck)
                return int(widgets::Token::Secondary);
            return {};
        case Equity:
            if (role == widgets::CellFigureRole && row.equity < 0)
                return int(priorityOf(HealthBand::BelowZero));
            return {};
        default: return {};
    }
}

}  // namespace breakwater::ui
