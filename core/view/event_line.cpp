#include "core/view/event_line.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/view/event_subject.hpp"

namespace breakwater::view {
namespace {

template <std::size_t... I>
constexpr auto kindsOf(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{
        std::variant_alternative_t<I, Event>::kName...};
}

constexpr auto kKinds = kindsOf(std::make_index_sequence<std::variant_size_v<Event>>());

constexpr std::array<std::string_view, kKinds.size()> kTitles{
    "Refused",
    "Price source changed",
    "Index sight changed",
    "Mark changed",
    "Health band changed",
    "Liquidation started",
    "Liquidation ordered",
    "Liquidation filled",
    "Liquidation ended",
    "Fund moved",
    "ADL executed",
    "Loss socialised",
    "Loss uncovered",
    "Breaker changed",
    "Breaker effective",
    "Command accepted",
    "Alarm acknowledged",
    "Funding settled",
    "Withdrawal held",
    "Withdrawal released",
    "State digest",
};

bool standsOn(const Snapshot& names, InstrumentId market, UnderlyingId underlying) {
    return names.markets != nullptr && market.value() < names.markets->size() &&
           (*names.markets)[market.value()].instrument.underlying == underlying;
}

// The market of an underlying, where it has but one.
std::optional<InstrumentId> onlyMarketOf(const Snapshot& names, UnderlyingId underlying) {
    std::optional<InstrumentId> found;
    const std::size_t count = names.markets ? names.markets->size() : 0;
    for (std::size_t m = 0; m < count; ++m) {
        const InstrumentId market(static_cast<std::uint16_t>(m));
        if (!standsOn(names, market, underlying)) continue;
        if (found) return std::nullopt;
        found = market;
    }
    return found;
}

}  // namespace

std::span<const std::string_view> eventKinds() { return kKinds; }

std::string_view titleOfKind(std::size_t kind) { return kTitles.at(kind); }

bool matches(const EventFilter& filter, const Event& event, const Snapshot& names) {
    if (!filter.kinds.empty() &&
        std::find(filter.kinds.begin(), filter.kinds.end(), event.index()) == filter.kinds.end())
        return false;
    return std::visit(
        [&](const auto& e) {
            if (filter.account) {
                const auto accounts = accountsOf(e);
                if (std::find(accounts.begin(), accounts.end(), filter.account) == accounts.end())
                    return false;
            }
            if (!filter.market) return true;
            if (const std::optional<UnderlyingId> underlying = underlyingOf(e))
                return standsOn(names, *filter.market, *underlying);
            return marketOf(e) == filter.market;
        },
        event);
}

EventLine lineOf(const Event& event, Sequence sequence, std::uint32_t index, Instant time,
                 const Snapshot& names) {
    EventLine line{sequence, index, time, event.index(), std::nullopt, std::nullopt, {}};
    std::visit(
        [&](const auto& e) {
            line.account = accountsOf(e)[0];
            line.market = marketOf(e);
            if (const std::optional<UnderlyingId> underlying = underlyingOf(e))
                line.market = onlyMarketOf(names, *underlying);
        },
        event);
    line.text = sentenceOf(event, names);
    return line;
}

}  // namespace breakwater::view
