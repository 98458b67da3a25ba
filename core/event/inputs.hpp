// Inputs: everything the engine may learn. Facts and commands, never instructions on how to
// compute. The order of InputBody's alternatives is part of the record: add at the end only.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/model/instrument.hpp"
#include "core/profile/profile.hpp"

namespace breakwater {

struct SessionStarted {
    static constexpr std::string_view kName = "session_started";
    Role role = Role::Authority;
    std::string venue;
    std::string scenario;  // what is played, "" on a foreign feed
    std::string program;   // "breakwater 0.1.0"
    std::uint64_t seed = 0;
    std::string marketShare;  // text of the decimal; "" where it has no meaning

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("role", self.role);
        visit("venue", self.venue);
        visit("scenario", self.scenario);
        visit("program", self.program);
        visit("seed", self.seed);
        visit("market_share", self.marketShare);
    }
};

struct ProfileLoaded {
    static constexpr std::string_view kName = "profile_loaded";
    Profile profile;
    Digest digest;  // of the profile's binary form; a mismatch is refused

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("profile", self.profile);
        visit("digest", self.digest);
    }
};

struct InstrumentListed {
    static constexpr std::string_view kName = "instrument_listed";
    Instrument instrument;
    std::string underlying;  // symbol of the underlying, "ETH"

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("underlying", self.underlying);
    }
};

// An account as the venue knows it when the record begins (or when it is opened). Opening legs
// are booked against the counterparty at the stated price, so books stay balanced.
struct OpeningLeg {
    InstrumentId instrument;
    Quantity quantity;
    Price price;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("quantity", self.quantity);
        visit("price", self.price);
    }
};

struct AccountFacts {
    static constexpr std::string_view kName = "account_facts";
    AccountId account;  // must be the next free id
    std::string name;
    AccountTag tag = AccountTag::Client;
    Money deposit;  // settlement asset
    AccountId counterparty;
    std::vector<OpeningLeg> legs;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("account", self.account);
        visit("name", self.name);
        visit("tag", self.tag);
        visit("deposit", self.deposit);
        visit("counterparty", self.counterparty);
        visit("legs", self.legs);
    }
};

struct Transfer {
    static constexpr std::string_view kName = "transfer";
    AccountId account;
    AssetId asset;
    Money amount;  // > 0 deposit, < 0 withdrawal

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("account", self.account);
        visit("asset", self.asset);
        visit("amount", self.amount);
    }
};

struct FundTransfer {
    static constexpr std::string_view kName = "fund_transfer";
    AssetId asset;
    Money amount;  // > 0 into the insurance fund

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("asset", self.asset);
        visit("amount", self.amount);
    }
};

struct PriceObserved {
    static constexpr std::string_view kName = "price_observed";
    UnderlyingId underlying;
    SourceId source;
    Price price;
    Instant observedAt;  // when the source saw it; the envelope says when we learned it

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("underlying", self.underlying);
        visit("source", self.source);
        visit("price", self.price);
        visit("observed_at", self.observedAt);
    }
};

// The venue's own book: its premium over the outside price and the money within 1 %.
struct BookObserved {
    static constexpr std::string_view kName = "book_observed";
    InstrumentId instrument;
    Price basis;  // signed: book mid - outside price
    Money bidDepth;
    Money askDepth;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("basis", self.basis);
        visit("bid_depth", self.bidDepth);
        visit("ask_depth", self.askDepth);
    }
};

// A trade the venue's book has matched and puts to the engine. The maker's side was post-only.
// quantity may be zero: an order that found nobody still counts in the exit fill ratio.
struct Fill {
    static constexpr std::string_view kName = "fill";
    InstrumentId instrument;
    AccountId taker;
    AccountId maker;
    Quantity quantity;   // signed for the taker
    Quantity submitted;  // what the taker asked for, same sign, |submitted| >= |quantity|
    Price price;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("taker", self.taker);
        visit("maker", self.maker);
        visit("quantity", self.quantity);
        visit("submitted", self.submitted);
        visit("price", self.price);
    }
};

// Somebody took part of a liquidation order.
struct LiquidationFill {
    static constexpr std::string_view kName = "liquidation_fill";
    LiquidationId liquidation;
    AccountId counterparty;
    Quantity quantity;  // signed for the account in liquidation
    Price price;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("liquidation", self.liquidation);
        visit("counterparty", self.counterparty);
        visit("quantity", self.quantity);
        visit("price", self.price);
    }
};

struct ClockTick {
    static constexpr std::string_view kName = "clock_tick";
    template <class Self, class Visitor>
    static void fields(Self&, Visitor&) {}
};

struct OfficerCommand {
    static constexpr std::string_view kName = "officer_command";
    CommandId id;
    std::string officer;
    CommandKind kind = CommandKind::SetLevel;
    ScopeKind scope = ScopeKind::Market;
    std::vector<InstrumentId> instruments;  // resolved at arm time; empty for the venue
    BreakerLevel level = BreakerLevel::Normal;
    Duration duration;
    std::string reason;
    std::uint64_t alarm = 0;  // Acknowledge: the alarm's number

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("id", self.id);
        visit("officer", self.officer);
        visit("act", self.kind);  // "kind" is the input's own word in JSON
        visit("scope", self.scope);
        visit("instruments", self.instruments);
        visit("level", self.level);
        visit("duration", self.duration);
        visit("reason", self.reason);
        visit("alarm", self.alarm);
    }
};

// What the venue's own matching was seen to do: commanded and effective are two facts.
struct BreakerObserved {
    static constexpr std::string_view kName = "breaker_observed";
    InstrumentId instrument;
    BreakerLevel level = BreakerLevel::Normal;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("level", self.level);
    }
};

// We know that we missed quotes of a source on an underlying.
struct FeedGap {
    static constexpr std::string_view kName = "feed_gap";
    UnderlyingId underlying;
    SourceId source;
    Instant from;
    Instant to;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("underlying", self.underlying);
        visit("source", self.source);
        visit("from", self.from);
        visit("to", self.to);
    }
};

struct SessionEnded {
    static constexpr std::string_view kName = "session_ended";
    template <class Self, class Visitor>
    static void fields(Self&, Visitor&) {}
};

using InputBody =
    std::variant<SessionStarted, ProfileLoaded, InstrumentListed, AccountFacts, Transfer,
                 FundTransfer, PriceObserved, BookObserved, Fill, LiquidationFill, ClockTick,
                 OfficerCommand, BreakerObserved, FeedGap, SessionEnded>;

// An input with its place in the one order.
struct Input {
    Sequence sequence = 0;
    Instant time;  // venue time, never backward
    InputBody body;
};

}  // namespace breakwater
