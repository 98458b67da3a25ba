// Everything the engine knows. Two engines with equal state digests decide alike for ever.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/breaker/ladder.hpp"
#include "core/market/market.hpp"
#include "core/mitigation/liquidation.hpp"
#include "core/model/books.hpp"
#include "core/profile/profile.hpp"

namespace breakwater {

// A withdrawal that waits for a breaker to fall.
struct QueuedWithdrawal {
    AccountId account;
    AssetId asset;
    Money amount;  // > 0
    Instant since;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("account", self.account);
        visit("asset", self.asset);
        visit("amount", self.amount);
        visit("since", self.since);
    }
};

// Running sums of the session, for reports; they decide nothing.
struct Tally {
    std::uint64_t inputs = 0;
    std::uint64_t events = 0;
    std::uint64_t liquidations = 0;
    std::uint64_t refused = 0;
    bool fundSeen = false;
    Money fundLow;
    Money fundPaid;
    Money fundReceived;
    Money adlNotional;
    Money adlContribution;
    Money socialised;
    Money uncovered;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("inputs", self.inputs);
        visit("events", self.events);
        visit("liquidations", self.liquidations);
        visit("refused", self.refused);
        visit("fund_seen", self.fundSeen);
        visit("fund_low", self.fundLow);
        visit("fund_paid", self.fundPaid);
        visit("fund_received", self.fundReceived);
        visit("adl_notional", self.adlNotional);
        visit("adl_contribution", self.adlContribution);
        visit("socialised", self.socialised);
        visit("uncovered", self.uncovered);
    }
};

struct EngineState {
    Sequence sequence = 0;
    Instant time;
    Role role = Role::Authority;
    std::string venue;
    std::string scenario;
    bool hasProfile = false;
    Profile profile;
    std::vector<Underlying> underlyings;
    std::vector<Market> markets;
    std::vector<BreakerState> breakers;                 // one per market
    std::map<LiquidationId, Liquidation> liquidations;  // in the order they began
    std::uint64_t nextLiquidation = 1;
    std::vector<QueuedWithdrawal> withdrawals;
    bool fundingScheduled = false;
    Instant nextFunding;
    CommandId lastCommand;
    Tally tally;
    Books books;

    Digest digest() const;
    void encode(std::vector<std::uint8_t>& out) const;
    static Result<EngineState> decode(Bytes bytes);
};

}  // namespace breakwater
