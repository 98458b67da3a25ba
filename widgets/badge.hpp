#pragma once
// Priority shapes, stale style and abnormal figures: every state is shape + word + position +
// colour.

#include <cstdint>

#include <QBrush>
#include <QPainter>
#include <QPainterPath>
#include <QRect>
#include <QString>
#include <QWidget>

#include "widgets/theme.hpp"

namespace breakwater::widgets {

enum class Priority : std::uint8_t { None, P1, P2, P3 };

QString priorityWord(Priority priority);  // CRIT, HIGH, LOW; normal for None
Token priorityToken(Priority priority);   // None: Text
QPainterPath badgePath(const QRectF& box, Priority priority);
// None draws the open diamond of the normal state; leave it out where nothing should stand.
void paintBadge(QPainter& painter, const QRectF& box, Priority priority);
// On the filled P1 chip the octagon is an ink outline.
void paintBadgeOutline(QPainter& painter, const QRectF& box, Priority priority, const QColor& edge);

enum class RowState : std::uint8_t { Plain, Selected };

struct FigureStyle {
    FontRole font = FontRole::TableFigure;
    Token tone = Token::Text;  // when priority is None
    Priority priority = Priority::None;
    RowState row = RowState::Plain;  // selected: muted -> secondary, P1 -> text
    Qt::Alignment align = Qt::AlignRight | Qt::AlignVCenter;
};
// A figure, coloured text in dark, ink on a chip in light. Words are elided, a right-aligned figure
// without room becomes an ellipsis whole. Answers the width painted.
int paintFigure(QPainter& painter, const QRect& box, const QString& text, const FigureStyle& style);
Token toneInRow(Token tone, RowState row);

// 45 degree hatch; the origin is the corner of the widget so that neighbours join.
QBrush hatchBrush(const QColor& color, double opacity = 0.2);
void paintHatch(QPainter& painter, const QRect& box);
// Hatch, then the last known value in italics and its age ("2.1s old"); either may be empty.
void paintStale(QPainter& painter, const QRect& box, const QString& text, const QString& age,
                const FigureStyle& style);

struct StateBadgeData {
    Priority priority = Priority::None;
    QString word;  // empty: the priority's own word
};
class StateBadge : public QWidget {
    Q_OBJECT
public:
    explicit StateBadge(QWidget* parent = nullptr);
    void setData(const StateBadgeData& data);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    StateBadgeData m_data;
};

}  // namespace breakwater::widgets
