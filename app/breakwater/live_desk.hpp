// The window's desk over a running session.
#pragma once

#include "app/runtime/live_session.hpp"
#include "ui/desk.hpp"

namespace breakwater {

class LiveDesk final : public ui::Desk {
public:
    explicit LiveDesk(runtime::LiveSession& session) : m_session(session) {}

    view::Board board() const override { return m_session.board(); }
    ui::DeskStatus status() const override;
    void setSpeed(double factor) override { m_session.setSpeed(factor); }
    void setPaused(bool paused) override { m_session.setPaused(paused); }
    void step() override { m_session.step(); }
    CommandId submit(OfficerCommand command) override {
        return m_session.submit(std::move(command));
    }

private:
    runtime::LiveSession& m_session;
};

}  // namespace breakwater
