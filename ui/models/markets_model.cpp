#include "ui/models/markets_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::CellKind;
using widgets::Priority;

constexpr std::array<ColumnInfo, MarketsModel::Columns> kColumns{{
    {"Market", "", 130, Qt::AlignLeft, "Worst open alarm of the market, then its name"},
    {"Risk vs limit", "", 156, Qt::AlignLeft, "Nearest automatic rule: share of its trip"},
    {"Price", "", 96, Qt::AlignRight, "Mark: index plus the venue's own basis"},
    {"5 min", "", 84, Qt::AlignRight, "Change of the mark over five minutes"},
    {"60 min", "", 96, Qt::AlignLeft, "Mark over the last hour"},
    {"Open int", "$", 78, Qt::AlignRight, "Long notional at the mark"},
    {"Skew OI", "", 70, Qt::AlignRight, "Clients' (long − short) / (long + short)"},
    {"Depth 1%", "$", 82, Qt::AlignRight, "Money within 1 % on the thinner side of the book"},
    {"Below MM", "$", 84, Qt::AlignRight, "Notional held by accounts below maintenance"},
    {"In liq", "", 60, Qt::AlignRight, "Accounts in liquidation that hold this market"},
    {"Oracle", "fresh, age", 132, Qt::AlignRight, "Fresh sources and the age of the oldest"},
    {"Basis", "bp", 66, Qt::AlignRight, "Mark over index"},
}};

QString shortOrNothing(const std::optional<double>& value) {
    return value ? widgets::formatShort(*value) : QString();
}

}  // namespace

MarketsModel::MarketsModel(QObject* parent) : ColumnModel(kColumns, parent) {}

int MarketsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

std::optional<InstrumentId> MarketsModel::marketAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return m_rows[static_cast<std::size_t>(row)].id;
}

int MarketsModel::rowOf(InstrumentId market) const {
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].id == market) return static_cast<int>(i);
    }
    return -1;
}

MarketsModel::Row MarketsModel::rowFrom(const view::Board& board, std::size_t m) const {
    const view::Snapshot& snapshot = *board.snapshot;
    const Market& market = (*snapshot.markets)[m];
    const Underlying& underlying = (*snapshot.underlyings)[market.instrument.underlying.value()];
    Row row;
    row.id = market.instrument.id;
    row.symbol = text(market.instrument.symbol);
    row.tick = market.instrument.tick;
    row.priority = worstAlarmOf(snapshot, row.id);
    row.rule = nearestRule(snapshot, m);
    if (row.rule) row.ruleName = text(snapshot.profile->moveRules[row.rule->rule].id);
    if (market.hasMark) row.price = market.mark.toDouble();
    if (underlying.hasIndex) row.index = underlying.index.toDouble();
    if (row.index && market.hasMark && *row.index > 0) {
        row.basis = market.basis.toDouble() / *row.index * 1e4;
    }
    row.bid = market.bidDepth.toDouble();
    row.ask = market.askDepth.toDouble();
    if (snapshot.marketHistory && m < snapshot.marketHistory->size()) {
        row.move = changeOver((*snapshot.marketHistory)[m].mark, 300);
        row.spark = sampleHour((*snapshot.marketHistory)[m].mark, 120);
    }
    if (board.scan && m < board.scan->markets.size()) {
        const view::MarketScan& scan = board.scan->markets[m];
        row.openInterest = scan.openInterest;
        row.skew = scan.clientSkew;
        row.below = scan.belowMaintenance;
        row.running = scan.liquidating;
    }
    row.oracle = oracleOf(snapshot, m);
    row.shocked = openAlarm(snapshot, view::AlarmKind::PriceShock, row.id) != nullptr;
    return row;
}

double MarketsModel::keyOf(const Row& row) const {
    switch (m_sortColumn) {
        case Risk: return row.rule ? row.rule->share : 0;
        case Price: return row.price.value_or(0);
        case Move: return row.move.value_or(0);
        case OpenInterest: return row.openInterest.value_or(0);
        case Skew: return row.skew.value_or(0);
        case Depth: return std::min(row.bid, row.ask);
        case Running: return row.running;
        case Oracle: return row.oracle.oldest ? row.oracle.oldest->toSeconds() : 0;
        case Basis: return row.basis.value_or(0);
        // Dollars at risk; while nobody is below, the market nearest to a rule leads.
        default: return row.below.value_or(0) * 1e3 + (row.rule ? row.rule->share : 0);
    }
}

void MarketsModel::setBoard(const view::Board& board, MarketOrder order) {
    if (!hasMarkets(board)) {
        if (m_rows.empty()) return;
        beginResetModel();
        m_rows.clear();
        endResetModel();
        return;
    }
    const std::size_t count = board.snapshot->markets->size();
    std::vector<Row> rows;
    rows.reserve(count);
    for (std::size_t m = 0; m < count; ++m)
        rows.push_back(rowFrom(board, m));
    if (order == MarketOrder::Held && rows.size() == m_rows.size()) {
        for (Row& row : m_rows)
            row = rows[row.id.value()];
        everythingChanged();
        return;
    }
    placeRows(std::move(rows));
}

void MarketsModel::sortBy(int column, Qt::SortOrder order) {
    if (column == Spark) return;
    m_sortColumn = column;
    m_sortOrder = order;
    placeRows(m_rows);
}

void MarketsModel::placeRows(std::vector<Row> rows) {
    const bool up = m_sortOrder == Qt::AscendingOrder;
    std::stable_sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
        if (m_sortColumn == Name) return up ? a.symbol < b.symbol : b.symbol < a.symbol;
        const double x = keyOf(a), y = keyOf(b);
        if (x != y) return up ? x < y : y < x;
        return a.id < b.id;
    });
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    std::map<InstrumentId, int> place;
    for (std::size_t i = 0; i < rows.size(); ++i)
        place[rows[i].id] = static_cast<int>(i);
    std::vector<int> newRowOf;
    bool moved = false;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto found = place.find(m_rows[i].id);
        newRowOf.push_back(found == place.end() ? -1 : found->second);
        moved = moved || newRowOf.back() != static_cast<int>(i);
    }
    if (moved) {
        reorder(newRowOf, [&] { m_rows = std::move(rows); });
    } else {
        m_rows = std::move(rows);
    }
    everythingChanged();
}

QVariant MarketsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return display(row, index.column());
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return toolTip(row, index.column());
        case Qt::TextAlignmentRole:
            if (index.column() == Risk) return int(Qt::AlignRight | Qt::AlignVCenter);
            return int(column(index.column()).align | Qt::AlignVCenter);
        default: return cell(row, index.column(), role);
    }
}

QVariant MarketsModel::display(const Row& row, int column) const {
    switch (column) {
        case Name: return row.symbol;
        case Risk: return row.rule ? widgets::formatPercent(row.rule->share) : QString();
        case Price: return row.price ? priceText(*row.price, row.tick) : QString();
        case Move: return row.move ? widgets::formatPercent(*row.move, 1) : QString();
        case OpenInterest: return shortOrNothing(row.openInterest);
        case Skew:
            return row.skew ? widgets::formatPercent(*row.skew, 0, widgets::Sign::Always)
                            : QString();
        case Depth: return widgets::formatShort(std::min(row.bid, row.ask));
        case Below:
            return row.below && *row.below > 0 ? widgets::formatShort(*row.below) : QString();
        case Running: return row.running > 0 ? QString::number(row.running) : QString();
        case Oracle:
            return QStringLiteral("%1/%2  %3")
                .arg(row.oracle.fresh)
                .arg(row.oracle.total)
                .arg(row.oracle.oldest && !row.oracle.lateAge
                         ? widgets::formatAge(millis(*row.oracle.oldest))
                         : QString())
                .trimmed();
        case Basis: return row.basis ? widgets::formatExact(*row.basis, 0) : QString();
        default: return {};
    }
}

QVariant MarketsModel::toolTip(const Row& row, int column) const {
    switch (column) {
        case Risk:
            if (!row.rule)
                return QStringLiteral("no rule looks: the index is blind or has no history");
            return QStringLiteral("%1 at %2 of its trip, move %3")
                .arg(row.ruleName, widgets::formatPercent(row.rule->share),
                     widgets::formatPercent(row.rule->move, 2));
        case Depth:
            return QStringLiteral("bid %1, ask %2 within 1 %")
                .arg(widgets::formatExact(row.bid, 0), widgets::formatExact(row.ask, 0));
        case OpenInterest:
            return row.openInterest ? widgets::formatExact(*row.openInterest, 0) : QString();
        case Below: return row.below ? widgets::formatExact(*row.below, 0) : QString();
        case Oracle:
            if (row.oracle.lateName.isEmpty()) return display(row, column);
            return QStringLiteral("%1 is %2")
                .arg(row.oracle.lateName, widgets::formatStaleAge(millis(*row.oracle.lateAge)));
        default: return display(row, column);
    }
}

QVariant MarketsModel::cell(const Row& row, int column, int role) const {
    switch (column) {
        case Name:
            if (role == widgets::CellKindRole) return int(CellKind::ShapeText);
            if (role == widgets::CellPriorityRole) return int(row.priority);
            if (role == widgets::CellFontRole) return int(widgets::FontRole::BodyMedium);
            return {};
        case Risk: return riskBar(row, role);
        case Move:
            if (role == widgets::CellKindRole) return int(CellKind::Trend);
            if (role == widgets::CellTrendRole) {
                return !row.move || *row.move == 0 ? 0 : *row.move > 0 ? 1 : -1;
            }
            if (role == widgets::CellFigureRole && row.shocked) return int(row.priority);
            if (role == widgets::CellReasonRole && !row.move) return QStringLiteral("too new");
            return {};
        case Spark:
            if (role == widgets::CellKindRole) return int(CellKind::Spark);
            if (role == widgets::CellSparkRole) return QVariant::fromValue(row.spark);
            return {};
        case Price:
            if (role == widgets::CellReasonRole && !row.price) return QStringLiteral("no mark");
            return {};
        case Oracle: return oracleCell(row, role);
        default: return {};
    }
}

QVariant MarketsModel::riskBar(const Row& row, int role) const {
    if (role == widgets::CellKindRole) return int(CellKind::BarText);
    if (!row.rule) {
        if (role == widgets::CellReasonRole) return QStringLiteral("rules blind");
        return {};
    }
    switch (role) {
        case widgets::CellFontRole: return int(widgets::FontRole::TableFigure);
        case widgets::CellBarValueRole: return std::min(row.rule->share, 1.25);
        case widgets::CellBarMaxRole: return 1.25;
        case widgets::CellBarLimitRole: return 1.0;
        case widgets::CellBarBandLowRole: return 0.0;
        case widgets::CellBarBandHighRole: return 0.6;
        case widgets::CellBarLimitPriorityRole:
            return int(priorityOf(view::recordOf(view::AlarmKind::PriceShock).priority));
        default: return {};
    }
}

QVariant MarketsModel::oracleCell(const Row& row, int role) const {
    if (role == widgets::CellReasonRole && row.oracle.blind) {
        return row.oracle.blindSince
                   ? QStringLiteral("blind since %1").arg(clockText(*row.oracle.blindSince))
                   : QStringLiteral("no index yet");
    }
    if (role == widgets::CellStaleRole && row.oracle.lateAge) {
        return widgets::formatStaleAge(millis(*row.oracle.lateAge));
    }
    return {};
}

}  // namespace breakwater::ui
