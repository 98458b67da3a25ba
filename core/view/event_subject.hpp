// Whom and what an event is about, and its sentence. Shared by event_line.cpp and event_text.cpp.
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "core/event/events.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

constexpr bool isOneOf(std::string_view what, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), what) != names.end();
}

// What the number in a refusal stands for depends on the input and the reason.
inline bool namesMarket(const Refused& e) {
    if (isOneOf(e.what, {"book_observed", "breaker_observed"})) return true;
    if (e.what == "instrument_listed") return e.reason != Refusal::UnknownUnderlying;
    return isOneOf(e.what, {"account_facts", "fill"}) &&
           (e.reason == Refusal::UnknownInstrument || e.reason == Refusal::Blind);
}

inline bool namesAccount(const Refused& e) {
    if (isOneOf(e.what, {"account_facts", "fill"})) return !namesMarket(e);
    if (e.what == "transfer") return e.reason != Refusal::UnknownAsset;
    if (e.what != "liquidation_fill") return false;
    // Either the liquidation was refused or the account that would have taken from it; where the
    // reason leaves that open, the words tell.
    switch (e.reason) {
        case Refusal::UnknownAccount:
        case Refusal::InitialMargin: return true;
        case Refusal::BreakerLevel: return e.detail != "liquidations are suspended";
        case Refusal::BadFigure:
            return e.detail.starts_with("a leg of") || e.detail.starts_with("the account holds");
        default: return false;
    }
}

// The accounts of an event, the one it is about first.
template <class E>
std::array<std::optional<AccountId>, 2> accountsOf(const E& e) {
    if constexpr (requires { e.hasAccount; }) {
        return {e.hasAccount ? std::optional(e.account) : std::nullopt, std::nullopt};
    } else if constexpr (requires { e.counterparty; }) {
        return {e.account, e.counterparty};
    } else if constexpr (requires { e.winner; }) {
        return {e.winner, e.bankrupt};
    } else if constexpr (requires { e.bankrupt; }) {
        return {e.bankrupt, std::nullopt};
    } else if constexpr (requires { e.account; }) {
        return {e.account, std::nullopt};
    }
    return {};
}

template <>
inline std::array<std::optional<AccountId>, 2> accountsOf(const Refused& e) {
    if (!namesAccount(e)) return {};
    return {AccountId(static_cast<std::uint32_t>(e.subject)), std::nullopt};
}

template <class E>
std::optional<InstrumentId> marketOf(const E& e) {
    if constexpr (requires { e.instrument; }) return e.instrument;
    return std::nullopt;
}

template <>
inline std::optional<InstrumentId> marketOf(const Refused& e) {
    if (!namesMarket(e)) return std::nullopt;
    return InstrumentId(static_cast<std::uint16_t>(e.subject));
}

template <class E>
std::optional<UnderlyingId> underlyingOf(const E& e) {
    if constexpr (requires { e.underlying; }) return e.underlying;
    return std::nullopt;
}

std::string sentenceOf(const Event& event, const Snapshot& names);

}  // namespace breakwater::view
