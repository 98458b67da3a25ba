// Step 3: commanded, accepted or refused, seen to be effective.
#pragma once

#include <optional>

#include "core/view/snapshot.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/step_track.hpp"

class QLabel;

namespace breakwater::ui {

struct TrackedCommand {
    OfficerCommand command;  // with its number
    std::vector<InstrumentId> markets;
    Instant armedAt;
    Instant commandedAt;
    std::optional<view::CommandOutcome> outcome;
    std::size_t effective = 0;
    std::optional<Instant> effectiveAt;  // when all of them were first seen
};

// Looks the command up in the snapshot; what was seen once stays seen.
void follow(TrackedCommand& tracked, const view::Snapshot& snapshot);
QVector<widgets::TrackStep> stepsOf(const std::optional<TrackedCommand>& tracked, Instant armedAt,
                                    Instant now);

class TrackPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit TrackPanel(QWidget* parent = nullptr);
    void refresh(const std::optional<TrackedCommand>& tracked, Instant armedAt, Instant now);

private:
    widgets::StepTrack* m_track;
    QLabel* m_words;
};

}  // namespace breakwater::ui
