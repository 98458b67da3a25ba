#include "ui/board_age.hpp"

#include "widgets/format.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

void BoardAge::observe(const view::Board& board, const DeskStatus& status) {
    if (!board.snapshot) {
        m_state = State::Waiting;
        return;
    }
    if (!m_sinceNew.isValid() || board.snapshot->sequence != m_sequence) {
        m_sequence = board.snapshot->sequence;
        m_sinceNew.start();
    }
    m_state = status.halted     ? State::Halted
              : status.past     ? State::Past
              : status.finished ? State::Finished
              : status.paused   ? State::Paused
                                : State::Running;
}

void BoardAge::freeze() {
    m_frozen = true;
    m_sinceFrozen.start();
}

void BoardAge::thaw() { m_frozen = false; }

qint64 BoardAge::frozenMs() const { return m_frozen ? m_sinceFrozen.elapsed() : 0; }

qint64 BoardAge::ms() const { return m_sinceNew.isValid() ? m_sinceNew.elapsed() : 0; }

QString BoardAge::text() const {
    if (m_frozen) return QStringLiteral("frozen %1 s").arg(frozenMs() / 1000);
    switch (m_state) {
        case State::Waiting: return {};
        case State::Running: return widgets::formatAge(ms());
        case State::Paused: return QStringLiteral("paused");
        case State::Past: return QStringLiteral("past");
        case State::Finished: return QStringLiteral("end of play");
        case State::Halted: return QStringLiteral("halted %1").arg(widgets::formatAge(ms()));
    }
    return {};
}

bool BoardAge::isStale() const {
    if (m_frozen || m_state == State::Halted) return true;
    return m_state == State::Running && ms() > kBudgetMs;
}

void BoardAge::applyTo(widgets::PanelFrame& panel) const {
    panel.setAge(text(), isStale() ? widgets::Freshness::Stale : widgets::Freshness::Fresh);
}

}  // namespace breakwater::ui
