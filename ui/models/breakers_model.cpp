#include "ui/models/breakers_model.hpp"

#include <algorithm>
#include <array>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::CellKind;
using widgets::Priority;

constexpr std::array<ColumnInfo, BreakersModel::Columns> kColumns{{
    {"Market", "", 96, Qt::AlignLeft, "The market the breaker guards"},
    {"Level", "", 106, Qt::AlignLeft, "Commanded level, 0 normal to 4 stop"},
    {"State", "", 128, Qt::AlignLeft, "What the level means"},
    {"Set by", "", 112, Qt::AlignLeft, "Officer or rule, and how"},
    {"Since", "", 78, Qt::AlignRight, "Venue time this level was set"},
    {"Ends", "", 78, Qt::AlignRight, "Then it steps down one level"},
    {"Set by, next rule", "", 120, Qt::AlignLeft, "Who set it, and the rule nearest to its trip"},
    {"Left", "", 56, Qt::AlignRight, "Time to the step down"},
    {"Effective", "", 104, Qt::AlignLeft, "What the venue's matching was seen to do"},
    {"Nearest rule", "share of trip", 160, Qt::AlignLeft, "The automatic rule nearest to its trip"},
}};
constexpr Duration kLate = Duration::seconds(3);
constexpr Duration kEnding = Duration::seconds(120);

}  // namespace

BreakersModel::BreakersModel(QObject* parent) : ColumnModel(kColumns, parent) {}

BreakersModel::Row BreakersModel::rowFrom(const view::Snapshot& snapshot, std::size_t m) {
    const Market& market = (*snapshot.markets)[m];
    Row row;
    row.id = market.instrument.id;
    row.symbol = text(market.instrument.symbol);
    row.breaker = (*snapshot.breakers)[m];
    row.rule = nearestRule(snapshot, m);
    if (row.rule) row.ruleName = text(snapshot.profile->moveRules[row.rule->rule].id);
    row.left = std::max(row.breaker.ends - snapshot.asOf, Duration());
    row.waiting = snapshot.asOf - row.breaker.commandedAt;
    row.blind = (*snapshot.underlyings)[market.instrument.underlying.value()].blind;
    row.stateText = levelWord(row.breaker.level);
    if (row.breaker.level == BreakerLevel::Tighten) {
        row.stateText +=
            QStringLiteral(", IM ×%1").arg(text(snapshot.profile->tightenFactor.toString()));
    }
    if (row.breaker.renewals > 0)
        row.stateText += QStringLiteral(", renewed %1×").arg(row.breaker.renewals);
    return row;
}

void BreakersModel::setBoard(const view::Board& board, Order order) {
    if (!hasMarkets(board)) {
        if (m_rows.empty()) return;
        beginResetModel();
        m_rows.clear();
        endResetModel();
        return;
    }
    std::vector<Row> rows;
    for (std::size_t m = 0; m < board.snapshot->markets->size(); ++m) {
        rows.push_back(rowFrom(*board.snapshot, m));
    }
    const bool listed = rows.size() == m_rows.size();
    if (listed && order == Order::Held) {
        for (Row& row : m_rows)
            row = rows[row.id.value()];
        everythingChanged();
        return;
    }
    // Steady order: only whether a breaker is on may move a row, not every wink of a share.
    std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return (a.breaker.level != BreakerLevel::Normal) >
               (b.breaker.level != BreakerLevel::Normal);
    });
    if (!listed) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    std::vector<int> newRowOf;
    bool moved = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [&](const Row& row) { return row.id == m_rows[i].id; });
        newRowOf.push_back(found == rows.end() ? -1 : static_cast<int>(found - rows.begin()));
        moved = moved || newRowOf.back() != static_cast<int>(i);
    }
    if (moved) {
        reorder(newRowOf, [&] { m_rows = std::move(rows); });
    } else {
        m_rows = std::move(rows);
    }
    everythingChanged();
}

int BreakersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

std::optional<InstrumentId> BreakersModel::marketAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return m_rows[static_cast<std::size_t>(row)].id;
}

int BreakersModel::rowOf(InstrumentId market) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == market) return static_cast<int>(i);
    }
    return -1;
}

QVariant BreakersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return display(row, index.column());
        case Qt::ToolTipRole:
            if (index.column() == SetBy && !row.breaker.reason.empty())
                return text(row.breaker.reason);
            return display(row, index.column());
        case Qt::TextAlignmentRole: return int(column(index.column()).align | Qt::AlignVCenter);
        default: return cell(row, index.column(), role);
    }
}

QVariant BreakersModel::display(const Row& row, int column) const {
    const bool on = row.breaker.level != BreakerLevel::Normal;
    switch (column) {
        case Name: return row.symbol;
        case Level: return levelCode(row.breaker.level);
        case State: return row.stateText;
        case SetBy:
            if (!on) return QString();
            return row.breaker.cause == BreakerCause::Officer
                       ? text(row.breaker.by)
                       : QStringLiteral("%1 %2").arg(causeWord(row.breaker.cause),
                                                     text(row.breaker.by));
        case Since: return on ? clockText(row.breaker.since) : QString();
        case Ends: return on ? clockText(row.breaker.ends) : QString();
        case Left: return on ? countdownText(row.left) : QString();
        case Effect:
            if (!pending(row)) return on ? QStringLiteral("as commanded") : QString();
            return QStringLiteral("still %1, %2")
                .arg(levelCode(row.breaker.effective), widgets::formatAge(millis(row.waiting)));
        case Rule: return row.ruleName;
        case Summary: return summary(row);
        default: return {};
    }
}

QString BreakersModel::summary(const Row& row) {
    const bool on = row.breaker.level != BreakerLevel::Normal;
    QString rule = row.blind ? QStringLiteral("blind") : QStringLiteral("no history");
    if (row.rule) {
        rule = (on ? QStringLiteral("%1 %2") : QStringLiteral("%1 at %2"))
                   .arg(row.ruleName, widgets::formatPercent(row.rule->share));
    }
    return on ? QStringLiteral("%1, %2").arg(text(row.breaker.by), rule) : rule;
}

QVariant BreakersModel::cell(const Row& row, int column, int role) const {
    const bool on = row.breaker.level != BreakerLevel::Normal;
    if (role == widgets::CellToneRole && !on && column != Level)
        return int(widgets::Token::Secondary);
    switch (column) {
        case Name:
            return role == widgets::CellFontRole && on
                       ? QVariant(int(widgets::FontRole::BodyMedium))
                       : QVariant();
        case Level:
            if (role == widgets::CellKindRole) return int(CellKind::Level);
            if (role == widgets::CellLevelRole) return int(row.breaker.effective);
            if (role == widgets::CellLevelCommandedRole)
                return pending(row) ? int(row.breaker.level) : -1;
            return {};
        case Left:
            if (role == widgets::CellFigureRole && on && row.left <= kEnding) {
                return int(priorityOf(view::recordOf(view::AlarmKind::BreakerEnding).priority));
            }
            return {};
        case Effect:
            if (role == widgets::CellFigureRole && pending(row) && row.waiting > kLate) {
                return int(priorityOf(view::recordOf(view::AlarmKind::BreakerLate).priority));
            }
            return {};
        case Rule: return ruleCell(row, role);
        default: return {};
    }
}

QVariant BreakersModel::ruleCell(const Row& row, int role) const {
    if (!row.rule) {
        if (role != widgets::CellReasonRole) return {};
        return row.blind ? QStringLiteral("blind, no rule looks")
                         : QStringLiteral("no history yet");
    }
    switch (role) {
        case widgets::CellKindRole: return int(CellKind::TextBar);
        case widgets::CellRangeRole: return widgets::formatPercent(row.rule->share);
        case widgets::CellBarValueRole: return std::min(row.rule->share, 1.1);
        case widgets::CellBarMaxRole: return 1.1;
        case widgets::CellBarLimitRole: return 1.0;
        case widgets::CellBarBandLowRole: return 0.0;
        case widgets::CellBarBandHighRole: return 0.55;
        case widgets::CellBarLimitPriorityRole:
            return int(priorityOf(view::recordOf(view::AlarmKind::PriceShock).priority));
        default: return {};
    }
}

}  // namespace breakwater::ui
