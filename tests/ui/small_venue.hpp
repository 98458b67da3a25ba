// A real engine with its projector, fed by hand: eight markets, five price sources, a crowd of
// clients, a maker and a liquidator. FakeDesk shows it to the window as the program would.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/engine.hpp"
#include "core/view/projector.hpp"
#include "ui/desk.hpp"

namespace breakwater::ui::test {

struct VenueSize {
    std::size_t clients = 400;
    std::uint64_t seed = 1;
    // Sees every input with its events, as a record would.
    std::function<void(const Input&, const std::vector<Event>&)> watch = {};
};

class SmallVenue {
public:
    static constexpr std::size_t kMarkets = 8;
    static constexpr InstrumentId kEth{0}, kBtc{1}, kSol{2};

    explicit SmallVenue(VenueSize size = {});
    SmallVenue(const SmallVenue&) = delete;
    SmallVenue& operator=(const SmallVenue&) = delete;

    void feed(InputBody body);
    // That many venue seconds; each market moves by its drift (a fraction a second).
    void run(int seconds);
    void drift(std::size_t market, double perSecond) { m_drift[market] = perSecond; }
    void silence(std::size_t market, std::size_t sources) { m_silent[market] = sources; }
    void command(const OfficerCommand& command) { feed(command); }

    view::Board board();
    const EngineState& state() const { return m_engine.state(); }
    view::Projector& watcher() { return m_projector; }
    Instant now() const { return m_now; }

private:
    void open(std::size_t clients);
    void second();
    void answer(const std::vector<Event>& events);
    double random();  // 0..1, the same on every machine

    std::function<void(const Input&, const std::vector<Event>&)> m_watch;
    Engine m_engine;
    view::Projector m_projector;
    Sequence m_sequence = 0;
    Instant m_now;
    std::uint64_t m_state;
    std::array<double, kMarkets> m_prices{};
    std::array<double, kMarkets> m_drift{};
    std::array<std::size_t, kMarkets> m_silent{};
    std::vector<LiquidationFill> m_fills;
    std::vector<BreakerObserved> m_observed;
    std::optional<view::Board> m_board;
    Sequence m_boardAt = 0;
};

// The window's door, answered by a SmallVenue or by a board set by hand.
class FakeDesk : public Desk, public CommandDesk {
public:
    FakeDesk();

    view::Board board() const override { return m_board; }
    DeskStatus status() const override { return m_status; }
    void setSpeed(double factor) override {
        m_status.chosenSpeed = factor;
        m_status.speed = factor;
    }
    void setPaused(bool paused) override { m_status.paused = paused; }
    void step() override { ++steps; }
    CommandDesk* commands() override { return this; }
    CommandId submit(LiveToken token, OfficerCommand command) override;
    RecordDesk* record() override { return m_record; }
    void setRecord(RecordDesk* record) { m_record = record; }

    void show(SmallVenue& venue) { m_board = venue.board(); }
    void show(view::Board board) { m_board = std::move(board); }
    DeskStatus& status() { return m_status; }

    std::vector<OfficerCommand> sent;  // as they were numbered
    int steps = 0;

private:
    view::Board m_board;
    DeskStatus m_status;
    RecordDesk* m_record = nullptr;
};

}  // namespace breakwater::ui::test
