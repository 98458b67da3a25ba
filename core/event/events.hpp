// Events: what the engine decided, with the figures it decided by. Health is not an event; only
// the passage between bands is. The order of Event's alternatives is part of the record.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/model/kinds.hpp"
#include "core/num/units.hpp"

namespace breakwater {

// Business says no. `subject` is the account, instrument or command number it concerns.
struct Refused {
    static constexpr std::string_view kName = "refused";
    std::string what;  // the input's name
    Refusal reason = Refusal::BadFigure;
    std::uint64_t subject = 0;
    std::string detail;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("what", self.what);
        visit("reason", self.reason);
        visit("subject", self.subject);
        visit("detail", self.detail);
    }
};

struct SourceChanged {
    static constexpr std::string_view kName = "source_changed";
    UnderlyingId underlying;
    SourceId source;
    SourceState state = SourceState::Fresh;
    Duration age;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("underlying", self.underlying);
        visit("source", self.source);
        visit("state", self.state);
        visit("age", self.age);
    }
};

// The index of an underlying lost its quorum (blind) or got it back.
struct IndexSight {
    static constexpr std::string_view kName = "index_sight";
    UnderlyingId underlying;
    bool blind = false;
    std::uint16_t fresh = 0;
    std::uint16_t quorum = 0;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("underlying", self.underlying);
        visit("blind", self.blind);
        visit("fresh", self.fresh);
        visit("quorum", self.quorum);
    }
};

struct MarkChanged {
    static constexpr std::string_view kName = "mark_changed";
    InstrumentId instrument;
    Price index;
    Price mark;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("index", self.index);
        visit("mark", self.mark);
    }
};

struct HealthBandChanged {
    static constexpr std::string_view kName = "health_band_changed";
    AccountId account;
    HealthBand from = HealthBand::Healthy;
    HealthBand to = HealthBand::Healthy;
    Money equity;
    Money initial;
    Money maintenance;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("account", self.account);
        visit("from", self.from);
        visit("to", self.to);
        visit("equity", self.equity);
        visit("initial", self.initial);
        visit("maintenance", self.maintenance);
    }
};

struct LiquidationStarted {
    static constexpr std::string_view kName = "liquidation_started";
    LiquidationId liquidation;
    AccountId account;
    Money equity;
    Money maintenance;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("liquidation", self.liquidation);
        visit("account", self.account);
        visit("equity", self.equity);
        visit("maintenance", self.maintenance);
    }
};

// An order for this step. limit is the bankruptcy price: nothing worse is accepted while the
// account can still pay; absent once the fund stands behind the account.
struct LiquidationOrdered {
    static constexpr std::string_view kName = "liquidation_ordered";
    LiquidationId liquidation;
    AccountId account;
    InstrumentId instrument;
    std::uint32_t step = 0;
    Quantity quantity;  // signed for the account
    Price mark;
    bool hasLimit = false;
    Price limit;
    Money equity;
    Money maintenance;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("liquidation", self.liquidation);
        visit("account", self.account);
        visit("instrument", self.instrument);
        visit("step", self.step);
        visit("quantity", self.quantity);
        visit("mark", self.mark);
        visit("has_limit", self.hasLimit);
        visit("limit", self.limit);
        visit("equity", self.equity);
        visit("maintenance", self.maintenance);
    }
};

struct LiquidationFilled {
    static constexpr std::string_view kName = "liquidation_filled";
    LiquidationId liquidation;
    AccountId account;
    AccountId counterparty;
    InstrumentId instrument;
    Quantity quantity;
    Price price;
    Price mark;
    Money fee;
    Money equity;
    Money maintenance;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("liquidation", self.liquidation);
        visit("account", self.account);
        visit("counterparty", self.counterparty);
        visit("instrument", self.instrument);
        visit("quantity", self.quantity);
        visit("price", self.price);
        visit("mark", self.mark);
        visit("fee", self.fee);
        visit("equity", self.equity);
        visit("maintenance", self.maintenance);
    }
};

struct LiquidationEnded {
    static constexpr std::string_view kName = "liquidation_ended";
    LiquidationId liquidation;
    AccountId account;
    LiquidationEnd end = LiquidationEnd::Restored;
    std::uint32_t steps = 0;
    Money equity;
    Money maintenance;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("liquidation", self.liquidation);
        visit("account", self.account);
        visit("end", self.end);
        visit("steps", self.steps);
        visit("equity", self.equity);
        visit("maintenance", self.maintenance);
    }
};

// The fund's cash moved: paid < 0 out of the fund, > 0 into it.
struct FundMoved {
    static constexpr std::string_view kName = "fund_moved";
    AssetId asset;
    bool hasAccount = false;
    AccountId account;
    Money amount;
    Money balance;
    std::string cause;  // "capital", "liquidation fee", "deficit", "recovery", "funding rounding"

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("asset", self.asset);
        visit("has_account", self.hasAccount);
        visit("account", self.account);
        visit("amount", self.amount);
        visit("balance", self.balance);
        visit("cause", self.cause);
    }
};

// ADL of one winner's leg against one bankrupt's leg, at the mark, with the winner's
// contribution to the deficit beside it. opened_by names the entry condition that held.
struct AdlExecuted {
    static constexpr std::string_view kName = "adl_executed";
    AccountId bankrupt;
    AccountId winner;
    InstrumentId instrument;
    Quantity quantity;  // signed for the bankrupt (closing)
    Price mark;
    Price closePrice;  // contribution spread over the contracts; a statement, not a posting
    Money contribution;
    Ratio score;
    std::string openedBy;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("bankrupt", self.bankrupt);
        visit("winner", self.winner);
        visit("instrument", self.instrument);
        visit("quantity", self.quantity);
        visit("mark", self.mark);
        visit("close_price", self.closePrice);
        visit("contribution", self.contribution);
        visit("score", self.score);
        visit("opened_by", self.openedBy);
    }
};

struct LossSocialised {
    static constexpr std::string_view kName = "loss_socialised";
    AccountId bankrupt;
    Money amount;
    std::uint32_t payers = 0;
    Money payersEquity;
    std::string openedBy;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("bankrupt", self.bankrupt);
        visit("amount", self.amount);
        visit("payers", self.payers);
        visit("payers_equity", self.payersEquity);
        visit("opened_by", self.openedBy);
    }
};

// Nobody was left to pay.
struct LossUncovered {
    static constexpr std::string_view kName = "loss_uncovered";
    AccountId bankrupt;
    Money amount;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("bankrupt", self.bankrupt);
        visit("amount", self.amount);
    }
};

struct BreakerChanged {
    static constexpr std::string_view kName = "breaker_changed";
    InstrumentId instrument;
    BreakerLevel from = BreakerLevel::Normal;
    BreakerLevel to = BreakerLevel::Normal;
    BreakerCause cause = BreakerCause::Officer;
    std::string by;  // officer or rule id
    Instant ends;    // meaningless at level normal
    std::string reason;
    std::uint16_t renewals = 0;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("from", self.from);
        visit("to", self.to);
        visit("cause", self.cause);
        visit("by", self.by);
        visit("ends", self.ends);
        visit("reason", self.reason);
        visit("renewals", self.renewals);
    }
};

struct BreakerEffective {
    static constexpr std::string_view kName = "breaker_effective";
    InstrumentId instrument;
    BreakerLevel level = BreakerLevel::Normal;
    bool asCommanded = false;
    Duration after;  // since the command took its number

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("level", self.level);
        visit("as_commanded", self.asCommanded);
        visit("after", self.after);
    }
};

struct CommandAccepted {
    static constexpr std::string_view kName = "command_accepted";
    CommandId command;
    std::string officer;
    std::uint32_t markets = 0;
    bool blind = false;         // given while an index in scope had no quorum
    std::string authorisation;  // "single officer, embedded venue"

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("command", self.command);
        visit("officer", self.officer);
        visit("markets", self.markets);
        visit("blind", self.blind);
        visit("authorisation", self.authorisation);
    }
};

struct AlarmAcknowledged {
    static constexpr std::string_view kName = "alarm_acknowledged";
    std::uint64_t alarm = 0;
    std::string officer;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("alarm", self.alarm);
        visit("officer", self.officer);
    }
};

struct FundingSettled {
    static constexpr std::string_view kName = "funding_settled";
    InstrumentId instrument;
    Rate rate;  // longs pay when > 0
    Money paid;
    Money received;  // the difference goes to the fund

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("rate", self.rate);
        visit("paid", self.paid);
        visit("received", self.received);
    }
};

// A withdrawal that a breaker holds back, and its release (or refusal) when the level falls.
struct WithdrawalQueued {
    static constexpr std::string_view kName = "withdrawal_queued";
    AccountId account;
    AssetId asset;
    Money amount;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("account", self.account);
        visit("asset", self.asset);
        visit("amount", self.amount);
    }
};

struct WithdrawalReleased {
    static constexpr std::string_view kName = "withdrawal_released";
    AccountId account;
    AssetId asset;
    Money amount;
    bool paid = false;
    Duration waited;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("account", self.account);
        visit("asset", self.asset);
        visit("amount", self.amount);
        visit("paid", self.paid);
        visit("waited", self.waited);
    }
};

// Every 10,000 inputs, and at the end of a session.
struct StateDigested {
    static constexpr std::string_view kName = "state_digested";
    Digest digest;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("digest", self.digest);
    }
};

using Event = std::variant<Refused, SourceChanged, IndexSight, MarkChanged, HealthBandChanged,
                           LiquidationStarted, LiquidationOrdered, LiquidationFilled,
                           LiquidationEnded, FundMoved, AdlExecuted, LossSocialised, LossUncovered,
                           BreakerChanged, BreakerEffective, CommandAccepted, AlarmAcknowledged,
                           FundingSettled, WithdrawalQueued, WithdrawalReleased, StateDigested>;

}  // namespace breakwater
