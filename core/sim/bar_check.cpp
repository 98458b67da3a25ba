#include "core/sim/bar_check.hpp"

namespace breakwater::sim {
namespace {

Result<void> checkInside(const TextReader& reader, std::string_view what, TextField field,
                         Price price, const Bar& bar) {
    if (price >= bar.low && price <= bar.high) return {};
    return reader.refuse(field.column, std::string(what) + " " + price.toString() +
                                           " is outside of low " + bar.low.toString() +
                                           " to high " + bar.high.toString());
}

}  // namespace

Result<Bar> readBarPrices(const TextReader& reader, const BarFields& fields) {
    const Result<Decimal> open = readPositive(reader, "open", fields.open);
    if (!open) return Unexpected(open.error());
    const Result<Decimal> high = readPositive(reader, "high", fields.high);
    if (!high) return Unexpected(high.error());
    const Result<Decimal> low = readPositive(reader, "low", fields.low);
    if (!low) return Unexpected(low.error());
    const Result<Decimal> close = readPositive(reader, "close", fields.close);
    if (!close) return Unexpected(close.error());
    Bar bar{};
    bar.open = Price(*open);
    bar.high = Price(*high);
    bar.low = Price(*low);
    bar.close = Price(*close);
    if (bar.high < bar.low) {
        return reader.refuse(fields.high.column,
                             "high " + high->toString() + " is below low " + low->toString());
    }
    if (const auto ok = checkInside(reader, "open", fields.open, bar.open, bar); !ok) {
        return Unexpected(ok.error());
    }
    if (const auto ok = checkInside(reader, "close", fields.close, bar.close, bar); !ok) {
        return Unexpected(ok.error());
    }
    return bar;
}

Result<void> appendBar(const TextReader& reader, TextField start, PriceSeries& series,
                       const Bar& bar) {
    if (!series.bars.empty()) {
        const Bar& last = series.bars.back();
        const auto refuse = [&](const std::string& reason) {
            return reader.refuse(start.column, series.underlying + ": " + reason);
        };
        if (bar.start == last.start) {
            return refuse("the bar at " + bar.start.toString() + " is there twice");
        }
        if (bar.start < last.start) {
            return refuse("the bar at " + bar.start.toString() + " comes after that at " +
                          last.start.toString() + "; bars must be in time order");
        }
        if (bar.start < last.end()) {
            return refuse("the bar at " + bar.start.toString() +
                          " begins before the one before it has ended at " + last.end().toString());
        }
    }
    series.bars.push_back(bar);
    return {};
}

}  // namespace breakwater::sim
