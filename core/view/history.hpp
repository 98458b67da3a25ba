// Histories by venue second: one value a second, whatever the pattern of inputs and the speed.
//
// A second's value is what stood at its end; of the running second, what stands now. Seconds
// without an input repeat the level (or count nothing).
#pragma once

#include <memory>
#include <vector>

#include "core/engine/state.hpp"
#include "core/event/events.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

// The closed seconds of one figure, and its value in the running one.
class SecondRing {
public:
    static constexpr std::size_t kSeconds = 3600;

    enum class Kind : std::uint8_t { Level, Count };
    explicit SecondRing(Kind kind) : m_kind(kind) {}

    bool started() const { return m_started; }
    void set(double value) {
        m_started = true;
        m_now = value;
    }
    void add(double value) { set(m_now + value); }
    // The running second and `count - 1` silent ones after it are over.
    void close(std::int64_t count);
    Series series(std::int64_t second) const;

private:
    void push(double value);

    Kind m_kind;
    bool m_started = false;
    double m_now = 0;
    std::vector<double> m_closed;  // a ring of at most kSeconds - 1
    std::size_t m_head = 0;        // the oldest, once full
};

class Histories {
public:
    void prime(const EngineState& state);
    // To be called first for every input: closes the seconds before it.
    void advance(Instant now) {
        const std::int64_t second = now.microseconds() / 1'000'000;
        if (second != m_second) closeSeconds(second);
    }
    void onEvents(const std::vector<Event>& events, const EngineState& state);

    std::shared_ptr<const std::vector<MarketHistory>> markets();
    std::shared_ptr<const FlowHistory> flow();
    const Series& fund();

private:
    void closeSeconds(std::int64_t second);
    void setMark(std::size_t market, double value);
    void copyAll();

    std::int64_t m_second = 0;
    bool m_primed = false;
    bool m_changed = true;  // since the last copy
    std::vector<SecondRing> m_marks;
    SecondRing m_started{SecondRing::Kind::Count}, m_ended{SecondRing::Kind::Count};
    SecondRing m_running{SecondRing::Kind::Level}, m_fund{SecondRing::Kind::Level};

    std::shared_ptr<const std::vector<MarketHistory>> m_marketCopy;
    std::shared_ptr<const FlowHistory> m_flowCopy;
    Series m_fundCopy;
};

}  // namespace breakwater::view
