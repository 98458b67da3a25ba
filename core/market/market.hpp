// Underlyings with their oracle sources, and markets with their marks.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/model/instrument.hpp"
#include "core/model/kinds.hpp"

namespace breakwater {

struct SourceQuote {
    bool seen = false;
    Price price;
    Instant observedAt;
    SourceState state = SourceState::Stale;  // stale until the first quote

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("seen", self.seen);
        visit("price", self.price);
        visit("observed_at", self.observedAt);
        visit("state", self.state);
    }
};

// The last index values, one a step, newest last: what move rules look back on.
class PriceWindow {
public:
    explicit PriceWindow(std::size_t capacity = 0) : m_capacity(capacity) {}
    void push(Price price);
    void clear() {
        m_prices.clear();
        m_head = 0;
    }
    std::size_t size() const { return m_prices.size(); }
    // Lowest and highest of the newest `steps` values; nothing while empty.
    struct Range {
        Price low;
        Price high;
    };
    std::optional<Range> range(std::size_t steps) const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("capacity", self.m_capacity);
        visit("head", self.m_head);
        visit("prices", self.m_prices);
    }

private:
    std::uint64_t m_capacity = 0;
    std::uint64_t m_head = 0;  // where the next value goes once full
    std::vector<Price> m_prices;
};

struct Underlying {
    std::string symbol;
    std::vector<SourceQuote> sources;
    bool hasIndex = false;
    bool blind = true;  // fewer fresh sources than the quorum: the index stands still
    Price index;
    PriceWindow window;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("symbol", self.symbol);
        visit("sources", self.sources);
        visit("has_index", self.hasIndex);
        visit("blind", self.blind);
        visit("index", self.index);
        visit("window", self.window);
    }
};

// Volume that wanted to leave and volume that could, by second over the last minute.
struct ExitFlow {
    static constexpr std::size_t kSeconds = 60;
    struct Second {
        std::int64_t second = 0;  // since the epoch; older than a minute counts as empty
        Quantity submitted;
        Quantity filled;

        template <class Self, class Visitor>
        static void fields(Self& self, Visitor& visit) {
            visit("second", self.second);
            visit("submitted", self.submitted);
            visit("filled", self.filled);
        }
    };
    std::vector<Second> seconds = std::vector<Second>(kSeconds);

    void add(Instant now, Quantity submitted, Quantity filled);
    // Filled / submitted over the last 60 s; nothing when nobody asked.
    std::optional<Ratio> ratio(Instant now) const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("seconds", self.seconds);
    }
};

struct Market {
    Instrument instrument;
    bool hasMark = false;
    Price mark;
    Price basis;  // mark - index, as the venue's book shows it
    Money bidDepth;
    Money askDepth;
    // Premium samples of the running funding interval: sum of basis / index, one a step.
    Ratio premiumSum;
    std::uint32_t premiumCount = 0;
    ExitFlow sellExits;  // longs that reduce
    ExitFlow buyExits;   // shorts that reduce

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("instrument", self.instrument);
        visit("has_mark", self.hasMark);
        visit("mark", self.mark);
        visit("basis", self.basis);
        visit("bid_depth", self.bidDepth);
        visit("ask_depth", self.askDepth);
        visit("premium_sum", self.premiumSum);
        visit("premium_count", self.premiumCount);
        visit("sell_exits", self.sellExits);
        visit("buy_exits", self.buyExits);
    }
};

// Index of an underlying: the median of its fresh sources (the mean of the middle two, rounded
// down to 1e-12, when even). Nothing below the quorum.
std::optional<Price> aggregateIndex(std::span<const SourceQuote> sources, std::size_t quorum);
std::size_t freshCount(std::span<const SourceQuote> sources);

// Mark = index + own basis, never below one tick. At level 4 the basis is left out.
Price markFrom(const Market& market, Price index, bool indexOnly);

// Funding rate of an interval: mean premium, clamped to +-cap; zero without samples.
Rate fundingRate(const Market& market, Rate cap);

}  // namespace breakwater
