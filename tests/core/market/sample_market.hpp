// Markets and underlyings as the tests of market, risk, mitigation and breaker see them.
#pragma once

#include <initializer_list>

#include "core/market/market.hpp"
#include "tests/core/model/sample.hpp"

namespace breakwater::test {

inline Market marketAt(std::uint16_t id, const char* mark) {
    Market market;
    market.instrument = instrument(id, "M" + std::to_string(id), id);
    market.hasMark = true;
    market.mark = price(mark);
    return market;
}

inline SourceQuote quoteOf(const char* at, SourceState state = SourceState::Fresh) {
    SourceQuote quote;
    quote.seen = true;
    quote.price = price(at);
    quote.state = state;
    return quote;
}

// An underlying that saw these index values, one a step, and sees well.
inline Underlying underlyingThatSaw(std::initializer_list<const char*> values,
                                    std::size_t capacity = 3'601) {
    Underlying underlying;
    underlying.window = PriceWindow(capacity);
    underlying.blind = false;
    for (const char* value : values) {
        underlying.index = price(value);
        underlying.hasIndex = true;
        underlying.window.push(underlying.index);
    }
    return underlying;
}

}  // namespace breakwater::test
