// The timeline: what happened, in sentences an officer reads. Never one entry per account:
// liquidations, fund payments, ADL, losses and withdrawals are gathered into bursts, which end
// after five quiet seconds or a minute.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/engine/state.hpp"
#include "core/event/events.hpp"
#include "core/event/inputs.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

class Timeline {
public:
    static constexpr std::size_t kEntries = 200;
    static constexpr std::size_t kCommands = 50;

    // Worth calling for session inputs, officer commands and any input that gave events.
    void observe(const Input& input, const std::vector<Event>& events, const EngineState& state);
    void add(Sequence sequence, Instant time, std::string text,
             std::optional<AlarmPriority> priority);

    // A command that never became an input.
    void refuse(const OfficerCommand& command, std::string why, const EngineState& state);

    std::shared_ptr<const std::vector<TimelineEntry>> entries();
    std::shared_ptr<const std::vector<CommandOutcome>> commands();

private:
    enum BurstKind : std::size_t {
        Liquidations,
        FundPayments,
        Deleveraging,
        Socialised,
        Uncovered,
        Held,
        Released,
        kBursts
    };
    struct Burst {
        std::uint64_t entry = 0;  // number of its entry; 0: none runs
        Instant began, last;
        std::uint64_t count = 0;
        double money = 0;
    };
    struct BreakerGroup;

    void onEvent(const Event& event, const Input& input, const EngineState& state);
    void burst(BurstKind kind, std::uint64_t count, double money, const EngineState& state);
    std::string textOf(BurstKind kind, const Burst& burst) const;
    void addBreakers(const std::vector<Event>& events, const EngineState& state);
    void addSources(const std::vector<Event>& events, const EngineState& state);
    void addCommand(const OfficerCommand& command, const std::vector<Event>& events,
                    const EngineState& state);
    void keep(CommandOutcome outcome);

    std::deque<TimelineEntry> m_entries;  // newest first
    std::uint64_t m_added = 0;            // entries ever; the newest has this number
    std::array<Burst, kBursts> m_bursts;
    std::set<std::pair<UnderlyingId, SourceId>> m_lateSources;  // those the timeline called late
    std::deque<CommandOutcome> m_commands;                      // newest first
    std::shared_ptr<const std::vector<TimelineEntry>> m_entryCopy;
    std::shared_ptr<const std::vector<CommandOutcome>> m_commandCopy;
};

}  // namespace breakwater::view
