#include "app/breakwater/live_desk.hpp"

namespace breakwater {

LiveDesk::LiveDesk(runtime::LiveSession& session) : m_session(session) {
    if (storage::EventLog* log = session.log()) {
        m_record.emplace(
            *log, [&session] { return session.board().snapshot; },
            [&session] { return session.lanes(); });
    }
}

ui::DeskStatus LiveDesk::status() const {
    const runtime::LiveStatus s = m_session.status();
    ui::DeskStatus status;
    status.chosenSpeed = s.chosenSpeed;
    status.paused = s.paused;
    status.speed = s.paused || s.finished ? 0 : s.chosenSpeed;
    status.finished = s.finished;
    status.halted = s.halted;
    status.haltText = s.haltText;
    status.playFrom = s.playFrom;
    status.playTo = s.playTo;
    status.recording = s.recording;
    status.recordPath = s.recordPath;
    status.recordError = s.recordError;
    status.durable = s.durable;
    status.recordBytes = s.growth.sizeBytes;
    if (s.growth.limitBytes > 0) status.recordLimit = s.growth.limitBytes;
    if (s.growth.timeToLimit) status.secondsToLimit = s.growth.timeToLimit->toSeconds();
    status.inputsPerSecond = s.inputsPerSecond;
    status.projectMillis = s.projectMillis;
    return status;
}

}  // namespace breakwater
