#include "widgets/cell_delegate.hpp"

#include <algorithm>
#include <optional>

#include <QFontMetrics>

#include "widgets/kpi_bar.hpp"
#include "widgets/level_boxes.hpp"
#include "widgets/sparkline.hpp"

namespace breakwater::widgets {
namespace {

template <typename E>
E enumRole(const QModelIndex& index, int role, E fallback) {
    const QVariant value = index.data(role);
    return value.isValid() ? static_cast<E>(value.toInt()) : fallback;
}

std::optional<double> numberRole(const QModelIndex& index, int role) {
    const QVariant value = index.data(role);
    if (!value.isValid()) return std::nullopt;
    return value.toDouble();
}

struct Cell {
    QPainter& painter;
    const QModelIndex& index;
    QRect box;
    FigureStyle style;
    QString text;
};

FigureStyle styleOf(const QStyleOptionViewItem& option, const QModelIndex& index) {
    FigureStyle style;
    const QVariant align = index.data(Qt::TextAlignmentRole);
    style.align = align.isValid() ? Qt::Alignment(align.toInt()) : Qt::AlignLeft | Qt::AlignVCenter;
    style.align |= Qt::AlignVCenter;
    style.row = option.state & QStyle::State_Selected ? RowState::Selected : RowState::Plain;
    style.priority = enumRole(index, CellFigureRole, Priority::None);
    style.tone = enumRole(index, CellToneRole, Token::Text);
    const bool total = index.data(CellTotalRowRole).toBool();
    const auto kind = enumRole(index, CellKindRole, CellKind::Text);
    const bool figure =
        (style.align & Qt::AlignRight) || kind == CellKind::BarText || kind == CellKind::Trend;
    style.font = enumRole(index, CellFontRole,
                          figure ? (total ? FontRole::TableTotal : FontRole::TableFigure)
                                 : (total ? FontRole::BodyStrong : FontRole::Body));
    return style;
}

void paintText(const Cell& cell) {
    const Theme& theme = Theme::current();
    const QString range = cell.index.data(CellRangeRole).toString();
    if (range.isEmpty()) {
        paintFigure(cell.painter, cell.box, cell.text, cell.style);
        return;
    }
    FigureStyle quiet = cell.style;
    quiet.tone = Token::Muted;
    quiet.priority = Priority::None;
    if (cell.style.align & Qt::AlignRight) {
        const int used = paintFigure(cell.painter, cell.box, range, quiet);
        paintFigure(cell.painter, cell.box.adjusted(0, 0, -used - theme.px(7), 0), cell.text,
                    cell.style);
    } else {
        const int used = paintFigure(cell.painter, cell.box, cell.text, cell.style);
        paintFigure(cell.painter, cell.box.adjusted(used + theme.px(7), 0, 0, 0), range, quiet);
    }
}

KpiBarData barOf(const QModelIndex& index) {
    KpiBarData bar;
    bar.value = index.data(CellBarValueRole).toDouble();
    bar.minimum = numberRole(index, CellBarMinRole).value_or(0);
    bar.maximum = numberRole(index, CellBarMaxRole).value_or(1);
    bar.limit = numberRole(index, CellBarLimitRole);
    bar.bandLow = numberRole(index, CellBarBandLowRole);
    bar.bandHigh = numberRole(index, CellBarBandHighRole);
    bar.target = numberRole(index, CellBarTargetRole);
    bar.warning = numberRole(index, CellBarWarningRole);
    bar.side = enumRole(index, CellBarSideRole, LimitSide::Above);
    bar.limitPriority = enumRole(index, CellBarLimitPriorityRole, Priority::P1);
    bar.warningPriority = enumRole(index, CellBarWarningPriorityRole, Priority::P2);
    return bar;
}

void paintBarIn(const Cell& cell, const QRect& box) {
    if (!cell.index.data(CellBarValueRole).isValid() || box.width() < 8) return;
    const int height = Theme::current().px(8);
    paintKpiBar(cell.painter,
                QRect(box.left(), box.top() + (box.height() - height) / 2, box.width(), height),
                barOf(cell.index));
}

void paintBarText(Cell cell) {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(cell.style.font));
    // The number keeps its room; the bar takes what is left, so bars of a column line up.
    const int number =
        std::max(metrics.horizontalAdvance(cell.text), metrics.horizontalAdvance(u'0') * 5);
    const int barWidth =
        std::min(cell.box.width() - number - theme.px(8), cell.box.width() * 6 / 10);
    paintBarIn(cell, QRect(cell.box.left(), cell.box.top(), barWidth, cell.box.height()));
    cell.box.setLeft(cell.box.left() + std::max(0, barWidth + theme.px(8)));
    paintText(cell);
}

void paintTextBar(const Cell& cell) {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::TableFigure));
    const int name = metrics.horizontalAdvance(u'0') * 5;
    const int share = metrics.horizontalAdvance(u'0') * 5;
    FigureStyle style = cell.style;
    style.align = Qt::AlignLeft | Qt::AlignVCenter;
    style.font = FontRole::TableFigure;
    style.priority = Priority::None;
    QRect nameBox = cell.box;
    nameBox.setWidth(name);
    paintFigure(cell.painter, nameBox, cell.text, style);
    paintBarIn(cell, cell.box.adjusted(name, 0, -share - theme.px(10), 0));
    style.priority = cell.style.priority;
    style.align = Qt::AlignRight | Qt::AlignVCenter;
    paintFigure(cell.painter, cell.box, cell.index.data(CellRangeRole).toString(), style);
}

void paintTrend(const Cell& cell) {
    const Theme& theme = Theme::current();
    const int trend = cell.index.data(CellTrendRole).toInt();
    const int width = paintFigure(cell.painter, cell.box, cell.text, cell.style);
    if (trend == 0 || width == 0) return;
    const double side = theme.pxF(7);
    const double right = cell.box.right() - std::max(width, theme.px(42)) - theme.pxF(5);
    const double top = cell.box.top() + (cell.box.height() - side) / 2.0;
    const double edge = trend > 0 ? top : top + side;
    const double base = trend > 0 ? top + side : top;
    Token tone = toneInRow(cell.style.tone, cell.style.row);
    const bool plainP1 =
        cell.style.priority == Priority::P1 && cell.style.row == RowState::Selected;
    if (cell.style.priority != Priority::None && !theme.figuresAreChips() && !plainP1) {
        tone = priorityToken(cell.style.priority);
    }
    cell.painter.save();
    cell.painter.setRenderHint(QPainter::Antialiasing);
    cell.painter.setPen(Qt::NoPen);
    cell.painter.setBrush(theme.color(tone));
    cell.painter.drawPolygon(
        QPolygonF{{right - side, base}, {right, base}, {right - side / 2, edge}});
    cell.painter.restore();
}

void paintSpark(const Cell& cell) {
    SparklineData spark;
    spark.points = cell.index.data(CellSparkRole).value<QList<double>>();
    spark.limit = numberRole(cell.index, CellSparkLimitRole);
    spark.endPriority = cell.style.priority;
    spark.row = cell.style.row;
    paintSparkline(cell.painter, cell.box, spark);
}

void paintLevel(const Cell& cell) {
    LevelBoxesData level;
    level.level = cell.index.data(CellLevelRole).toInt();
    level.maximum = enumRole(cell.index, CellLevelMaxRole, 4);
    level.commanded = enumRole(cell.index, CellLevelCommandedRole, -1);
    level.stuck = cell.style.priority;
    level.text = cell.text;
    level.row = cell.style.row;
    paintLevelBoxes(cell.painter, cell.box, level);
}

void paintShapeText(Cell cell) {
    const Theme& theme = Theme::current();
    const Priority priority = enumRole(cell.index, CellPriorityRole, Priority::None);
    const double side = theme.pxF(13);
    if (priority != Priority::None) {
        paintBadge(
            cell.painter,
            QRectF(cell.box.left(), cell.box.top() + (cell.box.height() - side) / 2.0, side, side),
            priority);
    }
    cell.box.adjust(theme.px(18), 0, 0, 0);
    paintText(cell);
}

void paintLink(Cell cell) {
    const Theme& theme = Theme::current();
    const int flags = cell.index.data(CellLinkRole).toInt();
    const double side = theme.pxF(9);
    const double x = cell.box.left() + side / 2;
    const double middle = cell.box.center().y() + 0.5;
    const auto join = [&](int plain, int dashed, double from, double to) {
        if ((flags & (plain | dashed)) == 0) return;
        cell.painter.setPen(flags & dashed ? theme.dashed(Token::Bar2, 1.4, 2, 2)
                                           : theme.line(Token::Bar2, 1.4));
        cell.painter.drawLine(QPointF(x, from), QPointF(x, to));
    };
    cell.painter.save();
    cell.painter.setRenderHint(QPainter::Antialiasing);
    join(LinkAbove, LinkAboveDashed, cell.box.top(), middle - side / 2);
    join(LinkBelow, LinkBelowDashed, middle + side / 2, cell.box.bottom() + 2);
    cell.painter.setPen(theme.line(toneInRow(cell.style.tone, cell.style.row), 1.4));
    cell.painter.setBrush(flags & LinkFilled
                              ? QBrush(theme.color(toneInRow(cell.style.tone, cell.style.row)))
                              : QBrush(Qt::NoBrush));
    cell.painter.drawEllipse(QPointF(x, middle), side / 2, side / 2);
    cell.painter.restore();
    cell.box.adjust(theme.px(20), 0, 0, 0);
    const QString below = cell.index.data(CellRangeRole).toString();
    if (below.isEmpty()) return void(paintFigure(cell.painter, cell.box, cell.text, cell.style));
    // Two lines of one thing stand closer together than to the next row.
    const int half = cell.box.height() / 2;
    const int inset = std::max(0, half - theme.px(17));
    paintFigure(cell.painter, cell.box.adjusted(0, inset, 0, -half), cell.text, cell.style);
    FigureStyle quiet = cell.style;
    quiet.font = FontRole::Caption;
    quiet.tone = Token::Muted;
    paintFigure(cell.painter, cell.box.adjusted(0, half, 0, -inset), below, quiet);
}

void paintValue(const Cell& cell) {
    switch (enumRole(cell.index, CellKindRole, CellKind::Text)) {
        case CellKind::Text: return paintText(cell);
        case CellKind::ShapeText: return paintShapeText(cell);
        case CellKind::Bar: return paintBarIn(cell, cell.box);
        case CellKind::BarText: return paintBarText(cell);
        case CellKind::TextBar: return paintTextBar(cell);
        case CellKind::Spark: return paintSpark(cell);
        case CellKind::Level: return paintLevel(cell);
        case CellKind::Trend: return paintTrend(cell);
        case CellKind::Link: return paintLink(cell);
    }
}

void paintGround(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) {
    const Theme& theme = Theme::current();
    const bool selected = option.state & QStyle::State_Selected;
    const bool total = index.data(CellTotalRowRole).toBool();
    if (selected || total) painter->fillRect(option.rect, theme.color(Token::Sel));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1),
                      theme.color(Token::Line));
}

}  // namespace

CellDelegate::CellDelegate(QObject* parent) : QStyledItemDelegate(parent) {}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    const Theme& theme = Theme::current();
    painter->save();
    paintGround(painter, option, index);
    const int pad = theme.px(8);
    Cell cell{*painter, index, option.rect.adjusted(pad, 0, -pad, -1), styleOf(option, index),
              index.data(Qt::DisplayRole).toString()};
    painter->setClipRect(option.rect);
    const QString reason = index.data(CellReasonRole).toString();
    const QString stale = index.data(CellStaleRole).toString();
    if (!reason.isEmpty()) {
        // A reason is a word in caption type, so it cannot be read as a figure.
        FigureStyle quiet = cell.style;
        quiet.font = FontRole::Caption;
        quiet.tone = Token::Muted;
        quiet.priority = Priority::None;
        paintFigure(*painter, cell.box, reason, quiet);
    } else if (!stale.isEmpty()) {
        paintStale(*painter,
                   option.rect.adjusted(theme.px(4), theme.px(2), -theme.px(4), -theme.px(3)),
                   cell.text, stale, cell.style);
    } else {
        paintValue(cell);
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::TableFigure));
    return {metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + theme.px(18),
            theme.rowHeight()};
}

}  // namespace breakwater::widgets
