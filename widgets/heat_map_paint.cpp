// How the heat map is drawn: legend, labels, cells, contour, marks.
#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QLinearGradient>
#include <QPainter>

#include "widgets/heat_map.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::widgets {
namespace {

constexpr double legendHeight = 22;
constexpr double labelHeight = 18;
constexpr double nameHeight = 16;
constexpr double leastWidth = 36;  // of a cell that carries its figure
constexpr double leastHeight = 18;

}  // namespace

int HeatMap::labelWidth() const {
    const QFontMetrics metrics(Theme::current().font(FontRole::Tick));
    int widest = 0;
    for (const QString& label : m_data.up)
        widest = std::max(widest, metrics.horizontalAdvance(label));
    return widest + Theme::current().px(10);
}

QRect HeatMap::plotRect() const {
    const Theme& theme = Theme::current();
    return rect().adjusted(labelWidth(), theme.px(legendHeight), -theme.px(2),
                           -theme.px(labelHeight + nameHeight));
}

QRect HeatMap::cellRect(QPoint cell) const {
    const QRect plot = plotRect();
    const int columns = std::max(1, m_data.columns()), rows = std::max(1, m_data.rows());
    const int left = plot.left() + plot.width() * cell.x() / columns;
    const int right = plot.left() + plot.width() * (cell.x() + 1) / columns;
    const int fromTop = rows - 1 - cell.y();
    const int top = plot.top() + plot.height() * fromTop / rows;
    const int bottom = plot.top() + plot.height() * (fromTop + 1) / rows;
    return {left, top, right - left - 1, bottom - top - 1};  // 1 px gap
}

std::optional<QPoint> HeatMap::cellAt(const QPoint& position) const {
    const QRect plot = plotRect();
    if (m_data.isEmpty() || isTableShown() || !plot.contains(position)) return std::nullopt;
    for (int row = 0; row < m_data.rows(); ++row) {
        for (int column = 0; column < m_data.columns(); ++column) {
            if (cellRect({column, row}).adjusted(0, 0, 1, 1).contains(position))
                return QPoint(column, row);
        }
    }
    return std::nullopt;
}

void HeatMap::paintEvent(QPaintEvent*) {
    if (m_data.isEmpty() || isTableShown()) return;
    QPainter painter(this);
    paintLegend(painter);
    paintLabels(painter);
    paintCells(painter);
    paintContour(painter);
    paintMarks(painter);
    if (!m_data.staleAge.isEmpty()) paintHatch(painter, plotRect());
}

void HeatMap::paintLegend(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const int height = theme.px(legendHeight - 4);
    const QFontMetrics caption(theme.font(FontRole::Caption));
    const FigureStyle left{FontRole::Caption, Token::Secondary, Priority::None, RowState::Plain,
                           Qt::AlignLeft | Qt::AlignVCenter};
    // From the right: the ramp with its ends, then the marks.
    int x = width() - theme.px(2);
    const auto words = [&](const QString& text) {
        const int wide = caption.horizontalAdvance(text) + 1;
        x -= wide;
        paintFigure(painter, QRect(x, 0, wide + 1, height), text, left);
        x -= theme.px(6);
    };
    words(m_data.worstText);
    const int ramp = theme.px(72);
    x -= ramp;
    QLinearGradient gradient(x, 0, x + ramp, 0);
    for (int i = 0; i <= 10; ++i)
        gradient.setColorAt(i / 10.0, Theme::lossAt(theme.name(), i / 10.0));
    painter.fillRect(QRect(x, (height - theme.px(10)) / 2, ramp, theme.px(10)), gradient);
    x -= theme.px(6);
    words(QStringLiteral("0"));
    const int sign = theme.px(18);
    if (std::any_of(m_data.past.begin(), m_data.past.end(), [](bool p) { return p; })) {
        x -= theme.px(8);
        words(m_data.pastName);
        x -= sign;
        const QLineF line(x, height / 2.0, x + sign - theme.px(3), height / 2.0);
        painter.setPen(theme.line(Token::Ink, 5));
        painter.drawLine(line);
        painter.setPen(theme.line(Token::White, 2.4));
        painter.drawLine(line);
        x -= theme.px(6);
    }
    if (m_data.mark) {
        x -= theme.px(8);
        words(m_data.markName);
        x -= sign;
        painter.setPen(theme.dashed(Token::Text, 1.4, 3, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(x, (height - theme.px(10)) / 2.0, theme.px(13), theme.px(10)));
        x -= theme.px(6);
    }
    if (m_data.now) {
        x -= theme.px(8);
        words(QStringLiteral("× now"));
    }
    paintFigure(painter, QRect(0, 0, std::max(0, x), height),
                m_data.staleAge.isEmpty() ? m_data.upName
                                          : m_data.upName + QStringLiteral("   ") + m_data.staleAge,
                left);
}

void HeatMap::paintLabels(QPainter& painter) const {
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(FontRole::Tick));
    const QFontMetrics metrics(painter.font());
    const auto tone = [&](bool here) {
        painter.setPen(theme.color(here ? Token::Text : Token::Muted));
    };
    for (int row = 0; row < m_data.rows(); ++row) {
        const QRect cell = cellRect({0, row});
        if (cell.height() < metrics.height() - theme.px(4) && row % 2 != m_data.rows() / 2 % 2)
            continue;
        tone(row == m_chosen.y());
        painter.drawText(QRect(0, cell.top(), labelWidth() - theme.px(6), cell.height()),
                         Qt::AlignRight | Qt::AlignVCenter, m_data.up[row]);
    }
    int widest = 0;
    for (const QString& label : m_data.across)
        widest = std::max(widest, metrics.horizontalAdvance(label));
    const QRect plot = plotRect();
    const int one = std::max(1, plot.width() / std::max(1, m_data.columns()));
    const int every = std::max(1, (widest + theme.px(6) + one - 1) / one);
    for (int column = 0; column < m_data.columns(); ++column) {
        if (column % every != m_data.columns() / 2 % every) continue;
        const QRect cell = cellRect({column, 0});
        tone(column == m_chosen.x());
        painter.drawText(QRect(cell.center().x() - widest, plot.bottom() + theme.px(2), 2 * widest,
                               theme.px(labelHeight - 2)),
                         Qt::AlignCenter, m_data.across[column]);
    }
    paintFigure(painter,
                QRect(plot.left(), plot.bottom() + theme.px(labelHeight), plot.width(),
                      theme.px(nameHeight)),
                m_data.acrossName,
                {FontRole::Caption, Token::Secondary, Priority::None, RowState::Plain,
                 Qt::AlignHCenter | Qt::AlignVCenter});
}

void HeatMap::paintCells(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::Tick));
    // Figures stand in all cells or in none: half a column of them reads as a pattern.
    const QRect cell = cellRect({0, 0});
    int widest = 0;
    for (const QString& text : m_data.texts)
        widest = std::max(widest, metrics.horizontalAdvance(text));
    const bool figures = cell.width() >= theme.px(leastWidth) &&
                         cell.height() >= theme.px(leastHeight) && widest + 2 <= cell.width();
    painter.setFont(theme.font(FontRole::Tick));
    for (int row = 0; row < m_data.rows(); ++row) {
        for (int column = 0; column < m_data.columns(); ++column)
            paintCell(painter, {column, row}, figures);
    }
}

void HeatMap::paintCell(QPainter& painter, QPoint at, bool figures) const {
    const Theme& theme = Theme::current();
    const QRect cell = cellRect(at);
    const double value = m_data.values[m_data.index(at)];
    const bool loses = value > m_data.normal && m_data.worst > m_data.normal;
    const QColor fill =
        loses
            ? Theme::lossAt(theme.name(), (value - m_data.normal) / (m_data.worst - m_data.normal))
            : theme.color(Token::Band);
    painter.fillRect(cell, fill);
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (!figures) return;
    painter.setPen(Theme::textOn(fill));
    painter.drawText(cell, Qt::AlignCenter, m_data.texts[m_data.index(at)]);
}

void HeatMap::paintContour(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const auto past = [&](int column, int row) {
        return m_data.past.value(m_data.index({column, row}));
    };
    QVector<QLineF> lines;
    for (int row = 0; row < m_data.rows(); ++row) {
        for (int column = 0; column < m_data.columns(); ++column) {
            const QRect cell = cellRect({column, row});
            const double right = cell.right() + 1.5, top = cell.top() - 0.5;
            if (column + 1 < m_data.columns() && past(column, row) != past(column + 1, row))
                lines.append(QLineF(right, top, right, cell.bottom() + 1.5));
            if (row + 1 < m_data.rows() && past(column, row) != past(column, row + 1))
                lines.append(QLineF(cell.left() - 0.5, top, right, top));
        }
    }
    for (const auto& [token, width] : {std::pair{Token::Ink, 5.0}, std::pair{Token::White, 2.4}}) {
        QPen pen = theme.line(token, width);
        pen.setCapStyle(Qt::SquareCap);
        painter.setPen(pen);
        painter.drawLines(lines);
    }
}

void HeatMap::paintMarks(QPainter& painter) const {
    const Theme& theme = Theme::current();
    painter.setBrush(Qt::NoBrush);
    if (m_data.now) {
        const QRectF cell = cellRect(*m_data.now);
        const double half = std::min({theme.pxF(3), cell.width() / 4, cell.height() / 4});
        const QPointF centre(cell.right() - half - theme.pxF(3), cell.top() + half + theme.pxF(3));
        const QColor fill = m_data.values[m_data.index(*m_data.now)] > m_data.normal
                                ? Theme::lossAt(theme.name(), 0.5)
                                : theme.color(Token::Band);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(Theme::textOn(fill), theme.pxF(1.4)));
        painter.drawLine(centre - QPointF(half, half), centre + QPointF(half, half));
        painter.drawLine(centre + QPointF(half, -half), centre - QPointF(half, -half));
        painter.restore();
    }
    if (m_data.mark) {
        const QRectF box = QRectF(cellRect(*m_data.mark)).adjusted(1, 1, -1, -1);
        painter.setPen(theme.line(Token::Ink, 3));
        painter.drawRect(box);
        painter.setPen(theme.dashed(Token::White, 1.6, 3, 2));
        painter.drawRect(box);
    }
    if (!hasFocus() && !m_hasChosen) return;
    const QRectF box = QRectF(cellRect(m_chosen)).adjusted(-0.5, -0.5, 0.5, 0.5);
    painter.setPen(theme.line(Token::Ink, 1));
    painter.drawRect(box.adjusted(theme.pxF(2), theme.pxF(2), -theme.pxF(2), -theme.pxF(2)));
    painter.setPen(theme.line(Token::Ink, hasFocus() ? 4.6 : 3.4));
    painter.drawRect(box);
    painter.setPen(theme.line(Token::White, hasFocus() ? 2.6 : 1.6));
    painter.drawRect(box);
}

}  // namespace breakwater::widgets
