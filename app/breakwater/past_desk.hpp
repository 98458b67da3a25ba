// The window's desk over a record that is read: every screen at any instant, and no way to send.
#pragma once

#include "app/breakwater/desk_record.hpp"
#include "app/runtime/past_session.hpp"
#include "ui/desk.hpp"

namespace breakwater {

class PastDesk final : public ui::Desk {
public:
    explicit PastDesk(runtime::PastSession& session);

    view::Board board() const override { return m_session.board(); }
    ui::DeskStatus status() const override;
    // Playing through the record.
    void setSpeed(double factor) override { m_session.setSpeed(factor); }
    void setPaused(bool paused) override { m_session.setPlaying(!paused); }
    void step() override { m_session.stepSecond(); }
    ui::RecordDesk* record() override { return &m_record; }

private:
    class Record final : public DeskRecord {
    public:
        Record(runtime::PastSession& session, storage::EventLog& log);

        std::shared_ptr<const ui::RecordLanes> lanes() const override { return m_session.lanes(); }
        std::optional<ui::PastStatus> past() const override;
        void seek(Instant time) override { m_session.seek(time); }
        void seekTo(Sequence sequence) override { m_session.seekTo(sequence); }
        void stepEvent(int direction) override { m_session.stepEvent(direction); }

    private:
        runtime::PastSession& m_session;
    };

    runtime::PastSession& m_session;
    storage::RecordReader m_reader;  // of the queries
    Record m_record;
};

}  // namespace breakwater
