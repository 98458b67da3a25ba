// The fund and the order in which losses are paid: what there is, what it is bound to, what each
// layer has paid in the session and would pay now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/view/adl_preview.hpp"
#include "core/view/impact_ladder.hpp"
#include "core/view/queue_view.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

enum class LayerKind : std::uint8_t { OwnMargin, Book, Fund, Adl, Socialised, Uncovered };

struct Layer {
    LayerKind kind = LayerKind::OwnMargin;
    std::string name;           // "Insurance fund"
    std::string condition;      // when it pays
    bool isOpen = false;        // that condition holds now
    std::optional<double> has;  // no value: no cap
    double pays = 0;
    std::string note;  // what is said instead of a payment ("closed 12.3M in the book")
    std::optional<double> left() const {
        return has ? std::optional(*has > pays ? *has - pays : 0) : std::nullopt;
    }
};

// One loss on its way through the layers.
struct Waterfall {
    double loss = 0;  // the sum of what the layers paid
    std::vector<Layer> layers;
};

struct FundStanding {
    double booked = 0;     // cash of the fund; this venue's fund takes over no inventory
    double committed = 0;  // to open defaults: QueueView::committed
    double available = 0;  // booked less committed, never below zero
    double capital = 0, low = 0;
    std::size_t openDefaults = 0;
    // Since the watch began. `marginIsWhole`: own margin covers the whole session.
    Waterfall session;
    bool marginIsWhole = false;
    Instant marginSince;
    // Every running liquidation closed into the book at once, each alone in it.
    Waterfall now;
    std::vector<FundFlow> flows;
};

// `scan` may be null: then what socialised loss could draw on is not known.
FundStanding fundStanding(const Snapshot& snapshot, const QueueView& queue,
                          const AdlPreview& preview, const VenueScan* scan);

// Accounts that take liquidation orders: those tagged so, and whoever took one in ten minutes.
struct TakerRow {
    AccountId account;
    AccountTag tag = AccountTag::Liquidator;
    double equity = 0;
    double free = 0;  // equity - initial margin: without it no order that adds risk is accepted
    double gross = 0;
    bool inLiquidation = false;
    TakerFlow flow;
};
std::vector<TakerRow> takersOf(const Snapshot& snapshot);

// All that the queue and fund screens show of one snapshot.
struct QueueReport {
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<const VenueScan> scan;
    QueueView queue;
    AdlPreview adl;
    std::vector<MarketLadders> ladders;
    std::vector<TakerRow> takers;
    FundStanding fund;
};
// Three passes over all accounts; safe on any thread. The board's snapshot must have a profile.
QueueReport queueReport(const Board& board);

}  // namespace breakwater::view
