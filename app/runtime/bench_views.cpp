#include "app/runtime/bench_views.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "core/view/fund_standing.hpp"
#include "core/view/projector.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;

template <class Work>
double bestOf(int rounds, Work work) {
    double best = 1e9;
    for (int i = 0; i < rounds; ++i) {
        const auto start = Clock::now();
        work();
        best = std::min(best, std::chrono::duration<double>(Clock::now() - start).count());
    }
    return best;
}

}  // namespace

void benchViews(Engine& engine, Instant now, double baseline,
                const std::function<void(Figure)>& report) {
    view::Projector projector;
    const auto apply = [&](InputBody body) {
        std::vector<Event> events;
        const Input input{engine.state().sequence + 1, now, std::move(body)};
        engine.apply(input, events);
        projector.observe(input, events, engine.state());
    };
    apply(FundTransfer{Books::kSettlement, Money::fromInteger(1'000'000)});
    const UnderlyingId eth(1);
    const Price risen =
        scale(engine.state().underlyings[1].index, *Ratio::parse("11.05"), Round::HalfEven);
    const std::size_t sources = engine.state().profile.sources.size();
    for (std::size_t s = 0; s < sources; ++s)
        apply(PriceObserved{eth, SourceId(static_cast<std::uint16_t>(s)), risen, now});
    for (std::size_t m = 0; m < engine.state().markets.size(); ++m) {
        BookObserved book;
        book.instrument = InstrumentId(static_cast<std::uint16_t>(m));
        book.bidDepth = book.askDepth = Money::fromInteger(2'000'000);
        apply(book);
    }
    apply(ClockTick{});
    view::Board board;
    board.snapshot = projector.project(engine);
    board.scan = std::make_shared<const view::VenueScan>(view::scan(*board.snapshot));
    const view::Snapshot& snapshot = *board.snapshot;
    const view::QueueView queue = view::queueOf(snapshot);
    const std::string size = std::to_string(snapshot.accountCount) + " accounts, 3 legs each, " +
                             std::to_string(queue.rows.size()) + " in liquidation";
    const auto tell = [&](const char* name, double seconds, double target, std::string note) {
        report(
            {name, size, seconds * 1e3, "ms", target, false, seconds / baseline, std::move(note)});
    };
    tell("queue view", bestOf(5, [&] { (void)view::queueOf(snapshot); }), 0,
         "rows, states and reasons");
    tell("impact ladders", bestOf(5, [&] { (void)view::impactLadders(snapshot); }), 0,
         "all markets, both directions, 17 moves");
    tell("adl preview", bestOf(5, [&] { (void)view::adlPreview(snapshot, queue); }), 0,
         "exact ranking of every market and side, three plans");
    tell("queue report", bestOf(5, [&] { (void)view::queueReport(board); }), 0,
         "all of the queue and fund screens, off the UI thread");
}

}  // namespace breakwater::runtime
