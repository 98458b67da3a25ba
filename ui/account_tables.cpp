#include "ui/account_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Sign;
using widgets::Token;

constexpr std::array<ColumnInfo, 12> kPositions{{
    {"Market", "", 80, Qt::AlignLeft, "Market of the position"},
    {"Size", "", 72, Qt::AlignRight, "Contracts, signed: long above zero"},
    {"Entry", "$", 76, Qt::AlignRight, "What the open contracts cost, per contract"},
    {"Mark", "$", 76, Qt::AlignRight, "Index plus the venue's own basis"},
    {"uPnL", "$", 62, Qt::AlignRight, "Size at the mark less cost"},
    {"Notional", "$", 70, Qt::AlignRight, "|size| at the mark"},
    {"Rate", "%", 54, Qt::AlignRight, "Maintenance rate of the tier the notional falls in"},
    {"Deduction", "$", 72, Qt::AlignRight, "What the lower tiers ask less"},
    {"Maint.", "$", 64, Qt::AlignRight, "Notional × rate − deduction"},
    {"Initial", "$", 62, Qt::AlignRight,
     "The same by the initial rates; × when a breaker raises it "
     "for new risk"},
    {"Falls to", "move", 62, Qt::AlignRight,
     "Fall of this mark alone at which equity meets maintenance"},
    {"Rises to", "move", 62, Qt::AlignRight,
     "Rise of this mark alone at which equity meets maintenance"},
}};

constexpr std::array<ColumnInfo, 4> kCollateral{{
    {"Asset", "", 84, Qt::AlignLeft, "What is held"},
    {"Amount", "", 104, Qt::AlignRight, "Settled balance"},
    {"Haircut", "%", 62, Qt::AlignRight, "Share that does not count"},
    {"Value", "$", 72, Qt::AlignRight, "What it counts for"},
}};

constexpr std::array<ColumnInfo, 3> kTerms{{
    {"Term", "", 176, Qt::AlignLeft, "A line of the sum"},
    {"Made of", "", 240, Qt::AlignLeft, "The exact figures of the line"},
    {"Amount", "$", 176, Qt::AlignRight, "As it enters the sum, to the last unit"},
}};

constexpr std::array<ColumnInfo, 4> kDistance{{
    {"One factor at a time", "", 124, Qt::AlignLeft, "All else unchanged"},
    {"Down", "move", 70, Qt::AlignRight, "Nearest fall at which equity meets maintenance"},
    {"Up", "move", 70, Qt::AlignRight, "Nearest rise at which equity meets maintenance"},
    {"Nearer", "", 90, Qt::AlignLeft, "Of a move of 60 %"},
}};

constexpr std::array<ColumnInfo, 7> kPath{{
    {"Order", "", 50, Qt::AlignRight, "Counted from the liquidation's beginning"},
    {"Market", "", 74, Qt::AlignLeft, "The open leg that asks most maintenance"},
    {"Close", "", 66, Qt::AlignRight, "Contracts, signed for the account"},
    {"At", "$", 84, Qt::AlignRight, "Price it is assumed to fill at"},
    {"Fee", "$", 56, Qt::AlignRight, "To the fund, while equity allows"},
    {"Equity", "$", 60, Qt::AlignRight, "After it"},
    {"Health", "ratio", 56, Qt::AlignRight, "After it"},
}};

constexpr std::array<ColumnInfo, 3> kEvents{{
    {"When", "UTC", 84, Qt::AlignLeft, "Venue time"},
    {"Kind", "", 150, Qt::AlignLeft, "Kind of event"},
    {"What", "", 230, Qt::AlignLeft, "What happened, with the figures of the decision"},
}};

constexpr double kFarMove = 0.6;

QString codeOf(const view::Snapshot& snapshot, InstrumentId id) {
    return text((*snapshot.markets)[id.value()].instrument.symbol);
}

Cell money(Money value, Sign sign = Sign::MinusOnly) {
    return {widgets::formatShort(value.toDouble(), -1, sign), exactText(value)};
}

Cell percent(Ratio ratio) {
    return {widgets::formatExact(ratio.toDouble() * 100, 2), exactText(ratio.value())};
}

Cell priced(Price price, Price tick) { return {priceText(price, tick), exactText(price.value())}; }

// The minus of figures is U+2212, also within words.
QString minused(QString words) { return words.replace(u'-', QChar(0x2212)); }

Cell moveCell(const std::optional<double>& move) {
    if (!move) return {QStringLiteral("–"), QStringLiteral("none")};
    const QString exact =
        widgets::formatPercent(*move, 4, Sign::Always) + QStringLiteral(", in double precision");
    if (*move > 10) return {QStringLiteral("> +1,000%"), exact};
    return {widgets::formatPercent(*move, 1, Sign::Always), exact};
}

CellRow distanceRow(const QString& key, const QString& name, const view::MoveToLine& line,
                    bool past) {
    CellRow row{key, {{name, {}}, moveCell(line.down), moveCell(line.up)}, false};
    const double down = line.down ? -*line.down : kFarMove;
    const double nearer = std::min({down, line.up.value_or(kFarMove), kFarMove});
    Cell bar;
    bar.exact =
        past ? QStringLiteral("way back above maintenance") : QStringLiteral("way to maintenance");
    if (line.down || line.up) {
        bar.with(widgets::CellKindRole, int(widgets::CellKind::Bar))
            .with(widgets::CellBarValueRole, nearer)
            .with(widgets::CellBarMaxRole, kFarMove)
            .with(widgets::CellBarBandLowRole, 0.2)
            .with(widgets::CellBarBandHighRole, kFarMove);
    } else {
        bar.with(widgets::CellReasonRole, QStringLiteral("no line"));
    }
    row.cells.push_back(bar);
    return row;
}

QString healthText(Money equity, Money maintenance) {
    if (!maintenance.isPositive()) return QStringLiteral("flat");
    return widgets::formatExact(equity.toDouble() / maintenance.toDouble(), 3);
}

QString orders(std::size_t count) {
    return count == 1 ? QStringLiteral("1 order") : QStringLiteral("%1 orders").arg(count);
}

}  // namespace

QString exactText(Decimal value) {
    QString plain = text(value.abs().toString());
    const qsizetype point = plain.indexOf(u'.');
    for (qsizetype at = (point < 0 ? plain.size() : point) - 3; at > 0; at -= 3)
        plain.insert(at, u',');
    return value.isNegative() ? QChar(0x2212) + plain : plain;
}

QString exactText(Money value) { return exactText(value.value()); }

std::span<const ColumnInfo> positionColumns() { return kPositions; }
std::span<const ColumnInfo> collateralColumns() { return kCollateral; }
std::span<const ColumnInfo> termColumns() { return kTerms; }
std::span<const ColumnInfo> distanceColumns() { return kDistance; }
std::span<const ColumnInfo> pathColumns() { return kPath; }
std::span<const ColumnInfo> accountEventColumns() { return kEvents; }

std::vector<CellRow> positionRows(const view::Snapshot& snapshot,
                                  const view::AccountDetail& detail) {
    std::vector<CellRow> rows;
    for (const view::LegDetail& leg : detail.legs) {
        const Instrument& instrument = (*snapshot.markets)[leg.instrument.value()].instrument;
        Cell mark = priced(leg.mark, instrument.tick);
        if (leg.blind) mark.with(widgets::CellStaleRole, QStringLiteral("blind"));
        Cell initial = money(leg.initial);
        if (leg.raised)
            initial.exact += QStringLiteral("; the breaker asks more of new risk, not of this");
        rows.push_back({text(instrument.symbol),
                        {{text(instrument.symbol), {}},
                         {widgets::formatQuantity(leg.quantity.toDouble(), Sign::Always),
                          exactText(leg.quantity.value())},
                         priced(leg.entry, instrument.tick),
                         mark,
                         money(leg.unrealised, Sign::Always),
                         money(leg.size),
                         percent(leg.maintenanceRate),
                         money(leg.maintenanceDeduction),
                         money(leg.maintenance),
                         initial,
                         moveCell(leg.line.down),
                         moveCell(leg.line.up)},
                        false});
    }
    if (rows.size() > 1) {
        CellRow sum{QStringLiteral("sum"), std::vector<Cell>(kPositions.size()), true};
        sum.cells[0].text = QStringLiteral("Sum");
        sum.cells[4] = money(detail.unrealised, Sign::Always);
        sum.cells[5] = money(detail.margin.gross);
        sum.cells[8] = money(detail.margin.maintenance);
        sum.cells[9] = money(detail.margin.initial);
        rows.push_back(std::move(sum));
    }
    return rows;
}

std::vector<CellRow> collateralRows(const view::Snapshot& snapshot,
                                    const view::AccountDetail& detail) {
    std::vector<CellRow> rows;
    for (const view::CollateralLine& line : detail.collateral) {
        const QString asset = text(snapshot.profile->assets[line.asset.value()].symbol);
        rows.push_back({asset,
                        {{asset, {}},
                         {widgets::formatExact(line.amount.toDouble()), exactText(line.amount)},
                         percent(line.haircut),
                         money(line.value)},
                        false});
    }
    const auto add = [&](const QString& name, Money value, bool total) {
        rows.push_back({name, {{name, {}}, {}, {}, money(value)}, total});
        if (!total) rows.back().cells[0].tone(Token::Muted);
    };
    add(QStringLiteral("unrealised"), detail.unrealised, false);
    add(QStringLiteral("Equity"), detail.margin.equity, true);
    return rows;
}

std::vector<CellRow> termRows(const view::Snapshot& snapshot, const view::AccountDetail& detail) {
    std::vector<CellRow> rows;
    for (const view::MarginTerm& term : view::marginTerms(snapshot, detail)) {
        CellRow row{
            QString::number(int(term.part)) + text(term.name),
            {{text(term.name), {}}, {minused(text(term.how)), {}}, {exactText(term.amount), {}}},
            term.total};
        row.cells[1].tone(Token::Secondary);
        if (!term.total) row.cells[1].with(widgets::CellFontRole, int(widgets::FontRole::Tick));
        rows.push_back(std::move(row));
    }
    rows.push_back({QStringLiteral("free"),
                    {{QStringLiteral("Free margin"), {}},
                     {QStringLiteral("equity − maintenance margin"), {}},
                     {exactText(detail.freeMargin), {}}},
                    true});
    rows.back().cells[1].tone(Token::Secondary);
    if (detail.freeMargin.isNegative())
        rows.back().cells[2].with(widgets::CellFigureRole, int(widgets::Priority::P1));
    return rows;
}

std::vector<CellRow> distanceRows(const view::Snapshot& snapshot,
                                  const view::AccountDetail& detail) {
    std::vector<CellRow> rows;
    const bool past = detail.freeMargin.isNegative();
    if (detail.legs.empty()) return rows;
    rows.push_back(distanceRow(QStringLiteral("all"), QStringLiteral("All marks together"),
                               detail.together, past));
    for (const view::LegDetail& leg : detail.legs) {
        const QString symbol = codeOf(snapshot, leg.instrument);
        rows.push_back(distanceRow(symbol, symbol, leg.line, past));
    }
    CellRow cash{QStringLiteral("cash"), {{QStringLiteral("Cash taken out"), {}}}, false};
    cash.cells.push_back(past ? noCell(QStringLiteral("short")) : money(detail.freeMargin));
    cash.cells.push_back({});
    cash.cells.push_back({QStringLiteral("free margin"), {}});
    cash.cells.back().tone(Token::Muted);
    rows.push_back(std::move(cash));
    return rows;
}

std::vector<CellRow> pathRows(const view::Snapshot& snapshot, const view::LiquidationPath& path) {
    std::vector<CellRow> rows;
    for (const view::PathStep& step : path.steps) {
        const Instrument& instrument = (*snapshot.markets)[step.instrument.value()].instrument;
        Cell at = priced(step.price, instrument.tick);
        at.exact += step.hasLimit ? QStringLiteral(", limit %1").arg(exactText(step.limit.value()))
                                  : QStringLiteral(", no limit: the fund stands behind it");
        rows.push_back({QString::number(step.order),
                        {{QString::number(step.order), {}},
                         {text(instrument.symbol), {}},
                         {widgets::formatQuantity(step.quantity.toDouble(), Sign::Always),
                          exactText(step.quantity.value())},
                         at,
                         money(step.fee),
                         money(step.equity),
                         {healthText(step.equity, step.maintenance), {}}},
                        false});
    }
    return rows;
}

std::vector<CellRow> accountEventRows(const std::vector<view::EventLine>& oldestFirst) {
    std::vector<CellRow> rows;
    for (auto line = oldestFirst.rbegin(); line != oldestFirst.rend(); ++line) {
        CellRow row{
            QStringLiteral("%1.%2").arg(line->sequence).arg(line->index),
            {{clockText(line->time).chopped(1),
              text(line->time.toString()) + QStringLiteral(", input %1").arg(line->sequence)},
             {text(view::titleOfKind(line->kind)), {}},
             {text(line->text), {}}},
            false};
        row.cells[0].with(widgets::CellFontRole, int(widgets::FontRole::TableFigure));
        row.cells[0].tone(Token::Secondary);
        row.cells[1].tone(Token::Secondary);
        rows.push_back(std::move(row));
    }
    return rows;
}

QString pathEndText(const view::Snapshot& snapshot, const view::LiquidationPath& path) {
    const QString fees =
        path.fees.isPositive()
            ? QStringLiteral(", fees %1").arg(widgets::formatShort(path.fees.toDouble()))
            : QString();
    switch (path.end) {
        case view::PathEnd::Restored:
            return QStringLiteral("restored to health %1 after %2%3")
                .arg(healthText(path.equityAfter, path.maintenanceAfter), orders(path.steps.size()),
                     fees);
        case view::PathEnd::Flat:
            return QStringLiteral("flat after %1 with %2 left%3")
                .arg(orders(path.steps.size()), widgets::formatShort(path.equityAfter.toDouble()),
                     fees);
        case view::PathEnd::BelowZero:
            return QStringLiteral("below zero: the fund is asked for %1")
                .arg(widgets::formatShort(path.shortfall.toDouble()));
        case view::PathEnd::Waits:
            return QStringLiteral("waits: an index is blind or its breaker stops liquidations");
        case view::PathEnd::NoLine:
            return QStringLiteral("no move of one market brings it to maintenance");
    }
    (void)snapshot;
    return {};
}

}  // namespace breakwater::ui
