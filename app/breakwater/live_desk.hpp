// The window's desk over a running session.
#pragma once

#include <optional>

#include "app/breakwater/desk_record.hpp"
#include "app/runtime/live_session.hpp"
#include "ui/desk.hpp"

namespace breakwater {

class LiveDesk final : public ui::Desk, public ui::CommandDesk {
public:
    explicit LiveDesk(runtime::LiveSession& session);

    view::Board board() const override { return m_session.board(); }
    ui::DeskStatus status() const override;
    void setSpeed(double factor) override { m_session.setSpeed(factor); }
    void setPaused(bool paused) override { m_session.setPaused(paused); }
    void step() override { m_session.step(); }
    ui::CommandDesk* commands() override { return this; }
    CommandId submit(ui::LiveToken, OfficerCommand command) override {
        return m_session.submit(std::move(command));
    }
    ui::RecordDesk* record() override { return m_record ? &*m_record : nullptr; }

private:
    runtime::LiveSession& m_session;
    std::optional<LiveRecord> m_record;  // absent when nothing is recorded
};

}  // namespace breakwater
