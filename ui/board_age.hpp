// How old the figures on screen are, and why they may stand still.
#pragma once

#include <QElapsedTimer>
#include <QString>

#include "ui/desk.hpp"

namespace breakwater::widgets {
class PanelFrame;
}

namespace breakwater::ui {

class BoardAge {
public:
    enum class State : std::uint8_t { Waiting, Running, Paused, Past, Finished, Halted };
    static constexpr qint64 kBudgetMs = 3'000;

    void observe(const view::Board& board, const DeskStatus& status);
    void freeze();
    void thaw();

    State state() const { return m_state; }
    bool isFrozen() const { return m_frozen; }
    qint64 frozenMs() const;
    qint64 ms() const;
    QString text() const;  // "0.3 s", "paused", "frozen 12 s"
    bool isStale() const;
    void applyTo(widgets::PanelFrame& panel) const;

private:
    QElapsedTimer m_sinceNew;
    QElapsedTimer m_sinceFrozen;
    Sequence m_sequence = 0;
    State m_state = State::Waiting;
    bool m_frozen = false;
};

}  // namespace breakwater::ui
