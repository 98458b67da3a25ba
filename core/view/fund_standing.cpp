#include "core/view/fund_standing.hpp"

#include <algorithm>

#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

Layer layerOf(LayerKind kind, const char* name, const char* condition) {
    Layer layer;
    layer.kind = kind;
    layer.name = name;
    layer.condition = condition;
    return layer;
}

// The venue's layers in the order they pay; figures come after.
std::vector<Layer> layersOf(const FundStanding& fund) {
    std::vector<Layer> layers{layerOf(LayerKind::OwnMargin, "Own margin", "below maintenance"),
                              layerOf(LayerKind::Book, "Book", "at the bankruptcy price"),
                              layerOf(LayerKind::Fund, "Insurance fund", "equity below zero"),
                              layerOf(LayerKind::Adl, "ADL", "fund empty, winners left"),
                              layerOf(LayerKind::Socialised, "Socialised loss", "no winner left"),
                              layerOf(LayerKind::Uncovered, "Uncovered", "nobody left to pay")};
    layers[2].isOpen = fund.openDefaults > 0 && fund.booked > 0;
    layers[3].isOpen = fund.openDefaults > 0 && fund.booked <= 0;
    return layers;
}

Layer& at(Waterfall& waterfall, LayerKind kind) {
    return waterfall.layers[static_cast<std::size_t>(kind)];
}

void addUp(Waterfall& waterfall) {
    for (const Layer& layer : waterfall.layers)
        waterfall.loss += layer.pays;
}

double depthOf(const Snapshot& snapshot) {
    double depth = 0;
    for (const Market& market : *snapshot.markets)
        depth += market.bidDepth.toDouble() + market.askDepth.toDouble();
    return depth;
}

Waterfall sessionOf(const Snapshot& snapshot, const QueueView& queue, const FundStanding& fund) {
    Waterfall out;
    out.layers = layersOf(fund);
    double held = 0, left = 0, closed = 0;
    if (snapshot.queue != nullptr) {
        held = snapshot.queue->totals.marginHeld.toDouble();
        left = snapshot.queue->totals.marginLeft.toDouble();
        closed = snapshot.queue->totals.closed.toDouble();
    }
    for (const QueueRow& row : queue.rows) {
        const LiquidationTrace* trace = traceOf(snapshot, row.id);
        if (trace == nullptr || !trace->whole) continue;
        left += std::clamp(row.equity, 0.0, std::max(trace->equityAtStart.toDouble(), 0.0));
    }
    Layer& own = at(out, LayerKind::OwnMargin);
    own.isOpen = !queue.rows.empty();
    own.has = held;
    own.pays = std::max(0.0, held - left);
    Layer& book = at(out, LayerKind::Book);
    book.isOpen = !queue.rows.empty();
    book.note = "closed " + amount(closed);
    Layer& cash = at(out, LayerKind::Fund);
    cash.pays = snapshot.fund.paid.toDouble();
    cash.has = std::max(0.0, fund.booked) + cash.pays;
    at(out, LayerKind::Adl).pays = snapshot.tally.adlContribution.toDouble();
    at(out, LayerKind::Socialised).pays = snapshot.tally.socialised.toDouble();
    at(out, LayerKind::Uncovered).pays = snapshot.tally.uncovered.toDouble();
    addUp(out);
    return out;
}

Waterfall nowOf(const Snapshot& snapshot, const QueueView& queue, const AdlPreview& preview,
                const VenueScan* scan, const FundStanding& fund) {
    Waterfall out;
    out.layers = layersOf(fund);
    double held = 0, used = 0;
    for (const QueueRow& row : queue.rows) {
        const double own = std::max(row.equity, 0.0);
        held += own;
        used += std::min(own, costOfClosing(snapshot, row.account));
    }
    Layer& own = at(out, LayerKind::OwnMargin);
    own.isOpen = !queue.rows.empty();
    own.has = held;
    own.pays = used;
    Layer& book = at(out, LayerKind::Book);
    book.isOpen = !queue.rows.empty();
    book.note = amount(queue.value) + " to close, " + amount(depthOf(snapshot)) + " within 1 %";
    Layer& cash = at(out, LayerKind::Fund);
    cash.has = std::max(0.0, fund.booked);
    cash.pays = preview.fundPays;
    at(out, LayerKind::Adl).pays = preview.adlPays;
    const double rest = std::max(0.0, preview.shortfall - preview.fundPays - preview.adlPays);
    Layer& everybody = at(out, LayerKind::Socialised);
    // The venue's equity is the sum over all; those below zero do not lower what others hold.
    if (scan != nullptr) everybody.has = std::max(0.0, scan->equity + scan->shortfall);
    everybody.pays = everybody.has ? std::min(rest, *everybody.has) : rest;
    at(out, LayerKind::Uncovered).pays = rest - everybody.pays;
    addUp(out);
    return out;
}

}  // namespace

FundStanding fundStanding(const Snapshot& snapshot, const QueueView& queue,
                          const AdlPreview& preview, const VenueScan* scan) {
    FundStanding fund;
    fund.booked = snapshot.fund.balance.toDouble();
    fund.committed = queue.committed;
    fund.available = std::max(0.0, fund.booked - fund.committed);
    fund.capital = snapshot.fund.capital.toDouble();
    fund.low = snapshot.fund.low.toDouble();
    fund.openDefaults = queue.underwater;
    if (snapshot.queue != nullptr) {
        fund.marginIsWhole = snapshot.queue->totals.whole;
        fund.marginSince = snapshot.queue->totals.since;
        fund.flows = snapshot.queue->flows;
    }
    fund.session = sessionOf(snapshot, queue, fund);
    fund.now = nowOf(snapshot, queue, preview, scan, fund);
    return fund;
}

std::vector<TakerRow> takersOf(const Snapshot& snapshot) {
    std::vector<TakerRow> rows;
    const auto flowOf = [&](AccountId account) -> const TakerFlow* {
        if (snapshot.queue == nullptr) return nullptr;
        for (const TakerFlow& flow : snapshot.queue->takers) {
            if (flow.account == account) return &flow;
        }
        return nullptr;
    };
    for (std::uint32_t i = 0; i < snapshot.accountCount; ++i) {
        const AccountId id(i);
        const Account& account = accountOf(snapshot, id);
        const TakerFlow* flow = account.tag == AccountTag::Client ? nullptr : flowOf(id);
        if (account.tag != AccountTag::Liquidator && flow == nullptr) continue;
        const AccountFigures figures = figuresOf(snapshot, id);
        rows.push_back({id, account.tag, figures.equity, figures.equity - figures.initial,
                        figures.gross, account.liquidation.value() != 0,
                        flow != nullptr ? *flow : TakerFlow{id, 0, 0, 0}});
    }
    std::stable_sort(rows.begin(), rows.end(), [](const TakerRow& a, const TakerRow& b) {
        return a.flow.notional > b.flow.notional;
    });
    return rows;
}

QueueReport queueReport(const Board& board) {
    QueueReport report;
    report.snapshot = board.snapshot;
    report.scan = board.scan;
    const Snapshot& snapshot = *board.snapshot;
    report.queue = queueOf(snapshot);
    report.adl = adlPreview(snapshot, report.queue);
    report.ladders = impactLadders(snapshot);
    report.takers = takersOf(snapshot);
    report.fund = fundStanding(snapshot, report.queue, report.adl, board.scan.get());
    return report;
}

}  // namespace breakwater::view
