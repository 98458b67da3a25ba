#include "sample_models.hpp"

#include <cmath>

#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"
#include "widgets/kpi_bar.hpp"

using namespace breakwater::widgets;

namespace {

struct Row {
    const char* name;
    Priority priority;
    double risk;
    double price;
    double move;
    int level;
    int age;
    double cascade;
};
constexpr Row rows[] = {
    {"ETH-PERP", Priority::P1, 0.95, 3787.20, -0.069, 1, 2100, 0.41},
    {"BTC-PERP", Priority::None, 0.71, 111984.5, -0.021, 0, 400, 0.22},
    {"SOL-PERP", Priority::P2, 0.66, 185.12, -0.060, 2, 600, 0.34},
    {"ETH options", Priority::None, 0.5, NAN, 0, 0, 2100, 0.28},
    {"HYPE-PERP", Priority::P3, 0.41, 37.41, -0.078, 0, 700, 0.17},
    {"XRP-PERP", Priority::None, 0.3, 2.41, 0.012, 0, 600, 0.12},
    {"Total", Priority::None, 0.6, NAN, 0, 0, 0, NAN},
};
const char* headers[] = {"Market", "Risk vs limit", "Price",   "5 min",       "60 min",
                         "Level",  "Oracle",        "Cascade", "Nearest rule"};

QVariant riskData(const Row& row, int role) {
    switch (role) {
        case CellKindRole: return int(CellKind::BarText);
        case CellBarValueRole: return row.risk;
        case CellBarLimitRole: return 0.8;
        case CellBarBandLowRole: return 0.0;
        case CellBarBandHighRole: return 0.5;
        case Qt::DisplayRole: return formatPercent(row.risk);
        default: return {};
    }
}
QVariant moveData(const Row& row, int role) {
    if (role == CellKindRole) return int(CellKind::Trend);
    if (role == CellTrendRole) return row.move < 0 ? -1 : row.move > 0 ? 1 : 0;
    if (role == CellFigureRole)
        return int(row.move < -0.05 ? (row.priority == Priority::P1 ? Priority::P1 : Priority::P2)
                                    : Priority::None);
    if (role == Qt::DisplayRole && row.move != 0) return formatPercent(row.move, 1, Sign::Always);
    return {};
}
QVariant sparkData(int index, int role) {
    if (role == CellKindRole) return int(CellKind::Spark);
    if (role != CellSparkRole) return {};
    QList<double> points;
    for (int i = 0; i < 60; ++i)
        points << std::sin(i * 0.2 + index) + std::sin(i * 0.71) * 0.3 - i * 0.02;
    return QVariant::fromValue(points);
}
QVariant ruleData(const Row& row, int role) {
    switch (role) {
        case CellKindRole: return int(CellKind::TextBar);
        case Qt::DisplayRole: return QStringLiteral("R-08");
        case CellBarValueRole: return row.risk;
        case CellBarLimitRole: return 0.9;
        case CellBarWarningRole: return 0.8;
        case CellRangeRole: return formatPercent(row.risk);
        case CellFigureRole: return int(row.risk > 0.8 ? Priority::P2 : Priority::None);
        default: return {};
    }
}

}  // namespace

int MarketsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(std::size(rows));
}
int MarketsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(std::size(headers));
}

QVariant MarketsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::DisplayRole) return QString::fromLatin1(headers[section]);
    if (role == HeaderUnitRole && section == 2) return QStringLiteral("$");
    if (role == Qt::TextAlignmentRole) {
        const bool right = section == 2 || section == 3 || section == 6 || section == 7;
        return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    return {};
}

QVariant MarketsModel::data(const QModelIndex& index, int role) const {
    const Row& row = rows[index.row()];
    if (role == Qt::TextAlignmentRole) return headerData(index.column(), Qt::Horizontal, role);
    if (role == CellTotalRowRole) return index.row() + 1 == rowCount();
    switch (index.column()) {
        case 0:
            if (role == CellKindRole) return int(CellKind::ShapeText);
            if (role == CellPriorityRole) return int(row.priority);
            if (role == CellFontRole) return int(FontRole::BodyMedium);
            return role == Qt::DisplayRole ? QVariant(QString::fromLatin1(row.name)) : QVariant();
        case 1: return riskData(row, role);
        case 2:
            if (role == CellReasonRole && std::isnan(row.price)) return QStringLiteral("no price");
            return role == Qt::DisplayRole ? QVariant(formatExact(row.price)) : QVariant();
        case 3: return moveData(row, role);
        case 4: return sparkData(index.row(), role);
        case 5:
            if (role == CellKindRole) return int(CellKind::Level);
            if (role == CellLevelRole) return row.level;
            if (role == CellLevelCommandedRole) return row.level == 1 ? 2 : -1;
            return role == Qt::DisplayRole ? QVariant(QStringLiteral("L%1").arg(row.level))
                                           : QVariant();
        case 6:
            if (role == CellStaleRole && row.age > 2000) return formatStaleAge(row.age);
            return role == Qt::DisplayRole
                       ? QVariant(row.age > 2000 ? QString() : formatAge(row.age))
                       : QVariant();
        case 7:
            if (role == CellRangeRole && std::isfinite(row.cascade))
                return formatRange((row.cascade - .1) * 100, (row.cascade + .1) * 100, 0);
            return role == Qt::DisplayRole ? QVariant(formatPercent(row.cascade)) : QVariant();
        default: return ruleData(row, role);
    }
}

breakwater::widgets::LanesData sampleLanes() {
    using namespace breakwater::widgets;
    LanesData data;
    data.title = QStringLiteral("The record, ETH-PERP");
    data.from = 1'760'130'000'000;
    data.columns = 1'200;
    data.to = data.known = data.from + data.columns * 1'000.0;
    const auto at = [&](int second) { return data.from + second * 1'000.0; };
    Lane price, interest, liquidations, breakers, alarms;
    price.name = QStringLiteral("price");
    price.weight = 3;
    price.decimals = 2;
    interest.name = QStringLiteral("open interest");
    interest.kind = LaneKind::Area;
    liquidations.name = QStringLiteral("liquidations");
    liquidations.kind = LaneKind::Bars;
    liquidations.weight = 1.6;
    for (int i = 0; i < data.columns; ++i) {
        const double fall = i < 600 ? 0 : (i - 600) * 0.5;
        price.values << 4'060 - fall + 12 * std::sin(i * 0.05);
        interest.values << 4.1e8 - 2e5 * fall;
        liquidations.values << (i > 620 && i < 1'000 ? (i % 7) : 0);
    }
    breakers.name = QStringLiteral("breakers");
    breakers.kind = LaneKind::Spans;
    breakers.spans = {{at(120), at(420), QStringLiteral("SOL L1 tighten"), 0},
                      {at(660), at(1'200), QStringLiteral("ETH L2 restrict"), 0},
                      {at(700), at(1'000), QStringLiteral("SOL L2 restrict"), 1}};
    alarms.name = QStringLiteral("alarms");
    alarms.kind = LaneKind::Marks;
    alarms.marks = {{at(118), LaneShape::Badge, Priority::P2, QStringLiteral("SOL shock")},
                    {at(300), LaneShape::Ring, Priority::None, QStringLiteral("saw SOL L1")},
                    {at(640), LaneShape::Badge, Priority::P1, QStringLiteral("ETH shock")},
                    {at(655), LaneShape::Badge, Priority::P3, QStringLiteral("oracle late")},
                    {at(900), LaneShape::Dot, Priority::None, QStringLiteral("set ETH L2")},
                    {at(1'100), LaneShape::Tick, Priority::None, QStringLiteral("0.8 s")}};
    data.lanes = {price, interest, liquidations, breakers, alarms};
    return data;
}
