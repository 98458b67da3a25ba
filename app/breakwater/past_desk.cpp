#include "app/breakwater/past_desk.hpp"

namespace breakwater {

PastDesk::Record::Record(runtime::PastSession& session, storage::EventLog& log)
    : DeskRecord(log, [&session] { return session.names(); }), m_session(session) {}

std::optional<ui::PastStatus> PastDesk::Record::past() const {
    runtime::PastSessionStatus s = m_session.status();
    ui::PastStatus past;
    past.path = std::move(s.path);
    past.from = s.from;
    past.to = s.to;
    past.lastSequence = s.lastSequence;
    past.sequence = s.sequence;
    past.time = s.time;
    past.busy = s.busy;
    past.closed = s.state == storage::RecordState::Closed;
    past.playing = s.playing;
    past.speed = s.speed;
    past.whole = s.whole;
    past.surveyed = s.surveyed;
    past.wasBeingWritten = s.wasBeingWritten;
    past.damage = std::move(s.damage);
    past.digestAt = s.digest.at;
    past.computed = s.digest.computed;
    past.recorded = s.digest.recorded;
    past.difference = std::move(s.difference);
    past.verified = s.verified;
    past.verdict = std::move(s.verdict);
    past.damaged = s.damaged;
    past.error = std::move(s.error);
    return past;
}

PastDesk::PastDesk(runtime::PastSession& session)
    : m_session(session), m_reader(session.takeReader()), m_record(session, m_reader) {}

ui::DeskStatus PastDesk::status() const {
    const runtime::PastSessionStatus s = m_session.status();
    ui::DeskStatus status;
    status.chosenSpeed = s.speed;
    status.past = true;
    status.paused = !s.playing;
    status.speed = s.playing ? s.speed : 0;
    status.playFrom = s.from;
    status.playTo = s.to;
    status.recordPath = s.path;
    status.recordBytes = s.sizeBytes;
    status.durable = s.lastSequence;
    return status;
}

}  // namespace breakwater
