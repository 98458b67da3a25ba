#include "app/runtime/live_session.hpp"

#include "app/runtime/live_session_impl.hpp"

namespace breakwater::runtime {
namespace {

// A disk that does not answer keeps a halted session's record open; the window closes all the same.
constexpr std::chrono::seconds kHaltPatience{30};

}  // namespace

LiveSession::Impl::Impl(sim::Venue venue, LiveRecord record, const LiveOptions& chosen)
    : play(std::move(venue)),
      recorder(std::move(record.recorder)),
      recordPath(std::move(record.path)),
      recovered(std::move(record.recovered)),
      options(chosen),
      nextCommand(record.takenUpTo + 1),
      speed(chosen.speed),
      paused(chosen.paused),
      lanesBuilder(play.venue().from(), play.venue().until(), kLaneColumns) {
    lanes = lanesBuilder.lanes();
    projector.listen();
    play.setEncoding(recorder != nullptr || recovered != nullptr);
    shown.playFrom = play.venue().from();
    shown.playTo = play.venue().until();
    shown.recording = recorder != nullptr;
    shown.recordPath = recordPath;
    fast = options.fastTo.has_value();
}

void LiveSession::Impl::scanLoop() {
    while (true) {
        std::shared_ptr<const view::Snapshot> snapshot;
        {
            std::unique_lock lock(mutex);
            scanWake.wait(lock, [&] { return scanStopping || unscanned; });
            if (!unscanned) return;
            snapshot = std::move(unscanned);
            unscanned = nullptr;
        }
        auto scanned = std::make_shared<const view::VenueScan>(view::scan(*snapshot));
        const std::lock_guard lock(mutex);
        latest = view::Board{std::move(snapshot), std::move(scanned)};
    }
}

LiveSession::LiveSession(sim::Venue venue, LiveRecord record, const LiveOptions& options)
    : m_impl(std::make_shared<Impl>(std::move(venue), std::move(record), options)) {
    // The threads keep the session's insides alive: a halted engine thread is never joined.
    m_impl->engineThread = std::thread([impl = m_impl] { impl->run(); });
    m_impl->scanThread = std::thread([impl = m_impl] { impl->scanLoop(); });
}

LiveSession::~LiveSession() { stop(); }

void LiveSession::stop() {
    Impl& impl = *m_impl;
    bool halted = false;
    {
        std::unique_lock lock(impl.mutex);
        impl.stopping = true;
        impl.wake.notify_all();
        // It ends, or halts on the way.
        impl.wake.wait(lock, [&] { return impl.shown.halted || impl.digest; });
        halted = impl.shown.halted;
        if (halted) impl.wake.wait_for(lock, kHaltPatience, [&] { return impl.haltHandled; });
    }
    if (impl.engineThread.joinable()) {
        if (halted) {
            impl.engineThread.detach();
        } else {
            impl.engineThread.join();
        }
    }
    {
        const std::lock_guard lock(impl.mutex);
        impl.scanStopping = true;
        impl.scanWake.notify_all();
    }
    if (impl.scanThread.joinable()) impl.scanThread.join();
}

view::Board LiveSession::board() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->latest;
}

LiveStatus LiveSession::status() const {
    const std::lock_guard lock(m_impl->mutex);
    LiveStatus status = m_impl->shown;
    status.paused = m_impl->paused;
    status.chosenSpeed = m_impl->speed;
    return status;
}

std::shared_ptr<const view::RecordLanes> LiveSession::lanes() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->lanes;
}

storage::EventLog* LiveSession::log() const {
    return m_impl->recorder ? &m_impl->recorder->log() : nullptr;
}

void LiveSession::setSpeed(double factor) {
    BW_ASSERT(factor > 0 && factor <= 1e6);
    const std::lock_guard lock(m_impl->mutex);
    m_impl->speed = factor;
    m_impl->paceChanged = true;
    m_impl->wake.notify_all();
}

void LiveSession::setPaused(bool paused) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->paused = paused;
    m_impl->paceChanged = true;
    m_impl->wake.notify_all();
}

void LiveSession::step() {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->paused = true;
    ++m_impl->steps;
    m_impl->wake.notify_all();
}

CommandId LiveSession::submit(OfficerCommand command) {
    const std::lock_guard lock(m_impl->mutex);
    command.id = CommandId(m_impl->nextCommand++);
    const CommandId id = command.id;
    if (!m_impl->shown.halted) m_impl->commands.push_back(std::move(command));
    m_impl->wake.notify_all();
    return id;
}

std::optional<Digest> LiveSession::finalDigest() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->digest;
}

}  // namespace breakwater::runtime
