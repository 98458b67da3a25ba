// A photograph of the venue: immutable, shared, complete. Screens and analytics read nothing else.
//
// A Snapshot is cheap to take (account chunks are shared with the engine, histories with the
// projector). Figures that need a pass over all accounts come in a VenueScan made from the same
// snapshot on another thread; a Board is the two together, so that one board shows one instant.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/engine/state.hpp"
#include "core/view/alarms.hpp"
#include "core/view/queue_log.hpp"

namespace breakwater::view {

// One value a venue second, newest last.
struct Series {
    Instant last;                // venue second of the newest value
    std::vector<double> values;  // display only
};

struct MarketHistory {
    Series mark;  // up to 3,600 s
};

// Liquidations by venue second, up to 3,600 s, newest last.
struct FlowHistory {
    Series started;
    Series ended;
    Series running;
};

struct TimelineEntry {
    Sequence sequence = 0;
    Instant time;
    std::string text;  // one short sentence, "R-01 set ETH-PERP to L1"
    std::optional<AlarmPriority> priority;
};

struct FundView {
    Money balance;
    Money capital;  // what was paid in as capital, less what was taken out again
    Money low;
    Money paid;
    Money received;  // fees and recoveries; capital stands apart
    Series history;  // balance by venue second, up to 3,600 s
};

struct CommandOutcome {
    CommandId id;
    Instant time;
    bool accepted = false;
    std::string text;  // refusal with figures, or the authorisation
};

struct Snapshot {
    Sequence sequence = 0;
    Instant asOf;  // venue time of the last input
    std::string venue;
    std::string scenario;
    std::uint64_t seed = 0;
    std::shared_ptr<const Profile> profile;
    std::shared_ptr<const AccountChunks> accounts;
    std::size_t accountCount = 0;
    std::shared_ptr<const std::vector<Underlying>> underlyings;
    std::shared_ptr<const std::vector<Market>> markets;
    std::shared_ptr<const std::vector<BreakerState>> breakers;     // by market
    std::shared_ptr<const std::vector<Liquidation>> liquidations;  // oldest first
    std::shared_ptr<const std::vector<QueuedWithdrawal>> withdrawals;
    std::shared_ptr<const std::vector<MarketHistory>> marketHistory;
    std::shared_ptr<const FlowHistory> flow;
    std::shared_ptr<const AlarmView> alarms;
    std::shared_ptr<const std::vector<TimelineEntry>> timeline;   // newest first, at most 200
    std::shared_ptr<const std::vector<CommandOutcome>> commands;  // newest first, at most 50
    FundView fund;
    std::shared_ptr<const QueueLog> queue;  // how the liquidations came to stand where they stand
    Tally tally;
    Digest stateDigest;  // the last one the engine made, and of which input
    Sequence stateDigestAt = 0;
};

// What one market adds up to over all accounts.
struct MarketScan {
    double openInterest = 0;       // long notional at mark
    double longs = 0, shorts = 0;  // accounts on each side
    double clientSkew = 0;  // (client long - client short) / (client long + client short), -1..1
    double belowMaintenance = 0;  // notional held by accounts below maintenance
    // ... after the mark moved 5 % (10 %) against the clients' skew, all else unchanged; the
    // notional is today's, so that the three figures compare.
    double belowMaintenanceAt5 = 0;
    double belowMaintenanceAt10 = 0;
    std::uint32_t liquidating = 0;
};

struct VenueScan {
    static constexpr double kHealthLow = 0.80;  // histogram range of equity / maintenance
    static constexpr double kHealthHigh = 2.60;
    static constexpr double kHealthStep = 0.05;
    static constexpr std::size_t kBins = 36;
    std::array<std::uint32_t, kBins> histogram{};  // values below the range go into the first bin
    std::uint32_t above = 0;                       // at or above kHealthHigh, or without legs
    std::array<std::uint32_t, 5> bands{};          // by the engine's own HealthBand
    double equity = 0, maintenance = 0;
    double shortfall = 0;  // sum of -equity of accounts below zero
    std::vector<MarketScan> markets;
    // Instant revaluation (no liquidation, no trade): for each market, all else unchanged, the
    // relative mark move (worse direction for the clients' skew) at which the shortfalls first
    // exceed the fund; absent when none within -60 % .. +60 %.
    std::vector<std::optional<double>> moveToFirstAdl;
};

struct Board {
    std::shared_ptr<const Snapshot> snapshot;
    std::shared_ptr<const VenueScan> scan;
};

// Display figures of one account, in double, for table cells.
struct AccountFigures {
    double equity = 0, initial = 0, maintenance = 0, gross = 0;
    double cash = 0;
    double health = 0;    // equity / maintenance; infinity without legs
    double leverage = 0;  // gross / equity; 0 without legs, infinity when equity <= 0
    double unrealised = 0;
    HealthBand band =
        HealthBand::Healthy;  // by these figures; the engine's own stands in the account
    // Relative move of the binding market's mark (all else unchanged) to maintenance: a fall (< 0)
    // for a long above it, a rise for a short; the other sign says how far the account is past it.
    // Absent if none.
    std::optional<double> distance;
    InstrumentId binding;  // the leg with the largest maintenance requirement
    bool hasLegs = false;
};

AccountFigures figuresOf(const Snapshot& snapshot, AccountId account);
std::string_view nameOf(const Snapshot& snapshot, AccountId account);
const Account& accountOf(const Snapshot& snapshot, AccountId account);
std::span<const Leg> legsOf(const Snapshot& snapshot, AccountId account);
// Exact margin (the engine's own arithmetic) at the snapshot's marks.
Margin exactMargin(const Snapshot& snapshot, AccountId account);
std::optional<MoveReading> ruleReading(const Snapshot& snapshot, std::size_t market,
                                       std::size_t rule);

// A full pass; safe on any thread.
VenueScan scan(const Snapshot& snapshot);

// Order and filter of the accounts table: what the table shows is the first `limit` of these.
// Equal rows stand in account order both ways. Distance sorts by nearness, past ones before all.
enum class AccountColumn {
    Name,
    Tag,
    Band,
    Equity,
    Maintenance,
    Health,
    Distance,
    Leverage,
    Gross,
    Unrealised,
    Cash,
    State
};

struct AccountQuery {
    AccountColumn sort = AccountColumn::Health;
    bool descending = false;
    std::optional<double> healthBelow;  // health < x
    std::optional<double> healthFrom;   // health >= x
    std::optional<double> equityAbove;
    std::optional<double> grossAbove;
    std::optional<HealthBand> bandAtLeast;
    std::optional<InstrumentId> market;  // holds a leg in it
    std::optional<AccountTag> tag;
    bool liquidatingOnly = false;
    std::string nameContains;
};

// What a filter would match with one of its conditions loosened as little as it takes.
struct NearestMatch {
    std::string condition;  // "health<1.12", "without market:ETH"
    std::size_t count = 0;
};

struct AccountOrder {
    AccountQuery query;
    Sequence sequence = 0;         // of the snapshot it was made from
    std::vector<AccountId> order;  // every match, sorted
    std::size_t sorted = 0;        // so many of them are; a first page comes before the whole
    std::size_t total = 0;
    double equity = 0, maintenance = 0, gross = 0;  // sums over the matches
    std::vector<NearestMatch> nearest;              // only where nothing matches
};

using FirstPage = std::function<void(AccountOrder)>;
// `firstPage` is called before the answer when there are so many matches that it is worth it.
AccountOrder orderAccounts(const Snapshot& snapshot, const AccountQuery& query,
                           const FirstPage& firstPage = {});
// At most two, those that loosen a figure first.
std::vector<NearestMatch> nearestMatches(const Snapshot& snapshot, const AccountQuery& query);

// "health<1.1 & equity>10k & market:ETH & band:warning & tag:maker & liq & 0x7a": an empty text
// matches all. Errors name the column of the fault.
Result<AccountQuery> parseAccountFilter(std::string_view text, const Snapshot& snapshot);

}  // namespace breakwater::view
