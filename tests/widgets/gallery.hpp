#pragma once
// One of every widget with the figures of the design's pictures; shared by the shots and the
// accessibility walk.

#include <memory>
#include <vector>

#include <QString>
#include <QVector>
#include <QWidget>

namespace gallery {

struct Piece {
    QString name;
    std::unique_ptr<QWidget> widget;
    QSize size;  // logical px at 100 %
};

std::vector<Piece> strips();    // mode bar, alarm strip, data strip, nav rail, status line
std::vector<Piece> panels();    // panels with tables, bars, charts
std::vector<Piece> commands();  // arm, rehearse, commit, cards, toasts, empty states
std::vector<Piece> all();

}  // namespace gallery
