// What the strips round the screens say of one board.
#pragma once

#include "ui/board_age.hpp"
#include "ui/desk.hpp"
#include "widgets/alarm_strip.hpp"
#include "widgets/data_strip.hpp"
#include "widgets/mode_bar.hpp"
#include "widgets/status_line.hpp"

namespace breakwater::ui {

QVector<double> speedChoices();

widgets::ModeBarData modeBarOf(const view::Board& board, const DeskStatus& status,
                               const QString& officer);
widgets::AlarmStripData alarmStripOf(const view::Board& board);
widgets::DataStripData dataStripOf(const view::Board& board, const DeskStatus& status,
                                   const BoardAge& age);

struct FrameMessage {
    QString text;
    widgets::Priority priority = widgets::Priority::None;
};
widgets::StatusLineData statusLineOf(const view::Board& board, const DeskStatus& status,
                                     const FrameMessage& message);

}  // namespace breakwater::ui
