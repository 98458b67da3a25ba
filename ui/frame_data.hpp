// What the strips round the screens say of one board.
#pragma once

#include "ui/board_age.hpp"
#include "ui/desk.hpp"
#include "ui/record_desk.hpp"
#include "widgets/alarm_strip.hpp"
#include "widgets/data_strip.hpp"
#include "widgets/mode_bar.hpp"
#include "widgets/status_line.hpp"

namespace breakwater::ui {

QVector<double> speedChoices();
QVector<double> playChoices();  // through a record

widgets::ModeBarData modeBarOf(const view::Board& board, const DeskStatus& status,
                               const QString& officer, widgets::Mode mode = widgets::Mode::Live,
                               const std::optional<PastStatus>& past = {});
widgets::AlarmStripData alarmStripOf(const view::Board& board,
                                     widgets::Mode mode = widgets::Mode::Live);
// In its place over a record.
widgets::DataStripData pastStripOf(const view::Board& board, const PastStatus& past);
widgets::DataStripData dataStripOf(const view::Board& board, const DeskStatus& status,
                                   const BoardAge& age);

struct FrameMessage {
    QString text;
    widgets::Priority priority = widgets::Priority::None;
};
widgets::StatusLineData statusLineOf(const view::Board& board, const DeskStatus& status,
                                     const FrameMessage& message,
                                     const std::optional<PastStatus>& past = {});

}  // namespace breakwater::ui
