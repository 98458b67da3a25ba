#include "widgets/lanes_plot.hpp"

#include <algorithm>
#include <cmath>

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include "widgets/format.hpp"

namespace breakwater::widgets {
namespace {

constexpr double kNames = 104;     // logical px left of the lanes
constexpr double kReadings = 208;  // and right of them
constexpr double kAxis = 34;       // above them
constexpr double kMinute = 60'000;
constexpr double kReach = 7;  // logical px round a mark

}  // namespace

LanesPlot::LanesPlot(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(QStringLiteral("lanes of the record"));
}

void LanesPlot::setData(const LanesData& next) {
    m_data = next;
    forgetPictures();
    if (!next.title.isEmpty()) setAccessibleName(next.title);
    update();
}

void LanesPlot::setMode(LanesMode mode) {
    if (mode == m_mode) return;
    m_mode = mode;
    m_probe.reset();
    forgetPictures();
    update();
}

void LanesPlot::setCursorAt(double utcMs) {
    if (utcMs == m_cursor) return;
    m_cursor = utcMs;
    update();
}

void LanesPlot::setReadings(const QVector<LaneReading>& readings) {
    m_readings = readings;
    QStringList words{formatInstantTenths(static_cast<std::int64_t>(readAt()))};
    for (qsizetype i = 0; i < std::min(readings.size(), m_data.lanes.size()); ++i)
        words.append(m_data.lanes[i].name + u' ' + readings[i].value);
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

void LanesPlot::setSelection(std::optional<TimeRange> range) {
    if (range == m_selection) return;
    m_selection = range;
    update();
}

void LanesPlot::forgetPictures() {
    m_pictures.assign(static_cast<std::size_t>(m_data.lanes.size()), {});
}

QRect LanesPlot::plotRect() const {
    const Theme& theme = Theme::current();
    // On a narrow screen the readings keep their room and the names give some of theirs.
    const int left = theme.px(width() < theme.px(900) ? kNames * 0.8 : kNames);
    const int right = theme.px(width() < theme.px(900) ? kReadings * 0.8 : kReadings);
    return QRect(left, theme.px(kAxis), std::max(1, width() - left - right),
                 std::max(1, height() - theme.px(kAxis) - 1));
}

QRect LanesPlot::laneRect(int lane) const {
    const QRect plot = plotRect();
    double total = 0, before = 0;
    for (int i = 0; i < m_data.lanes.size(); ++i) {
        if (i < lane) before += m_data.lanes[i].weight;
        total += m_data.lanes[i].weight;
    }
    if (lane < 0 || lane >= m_data.lanes.size() || total <= 0) return {};
    const int top = plot.top() + static_cast<int>(std::lround(plot.height() * before / total));
    const int bottom =
        plot.top() +
        static_cast<int>(std::lround(plot.height() * (before + m_data.lanes[lane].weight) / total));
    return {plot.left(), top, plot.width(), bottom - top};
}

double LanesPlot::xOf(double utcMs) const {
    const QRect plot = plotRect();
    const double span = m_data.to - m_data.from;
    if (!(span > 0)) return plot.left();
    return plot.left() + plot.width() * std::clamp((utcMs - m_data.from) / span, 0.0, 1.0);
}

double LanesPlot::timeAt(double x) const {
    const QRect plot = plotRect();
    const double share = std::clamp((x - plot.left()) / plot.width(), 0.0, 1.0);
    return m_data.from + (m_data.to - m_data.from) * share;
}

const LaneMark* LanesPlot::markAt(const QPoint& position) const {
    const double reach = Theme::current().pxF(kReach);
    for (int i = 0; i < m_data.lanes.size(); ++i) {
        if (!laneRect(i).contains(position)) continue;
        const LaneMark* nearest = nullptr;
        for (const LaneMark& mark : m_data.lanes[i].marks) {
            const double away = std::fabs(xOf(mark.at) - position.x());
            if (away <= reach &&
                (nearest == nullptr || away < std::fabs(xOf(nearest->at) - position.x())))
                nearest = &mark;
        }
        return nearest;
    }
    return nullptr;
}

double LanesPlot::snapped(const QPoint& position) const {
    const LaneMark* mark = markAt(position);
    return mark != nullptr ? mark->at : timeAt(position.x());
}

void LanesPlot::setProbe(std::optional<double> utcMs) {
    if (utcMs == m_probe) return;
    m_probe = utcMs;
    update();
    emit probeMoved();
}

void LanesPlot::moveTo(double utcMs) {
    const double at = std::clamp(utcMs, m_data.from, m_data.to);
    if (m_mode == LanesMode::Live) return setProbe(at);
    setCursorAt(at);
    emit probeMoved();
    emit cursorMoved(at);
}

void LanesPlot::selectMinuteOf(double utcMs) {
    const double from = std::floor(utcMs / kMinute) * kMinute;
    emit rangeSelected(from, from + kMinute - 1);
}

void LanesPlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !(m_data.to > m_data.from)) return;
    setFocus(Qt::MouseFocusReason);
    const double at = snapped(event->position().toPoint());
    const bool range = m_mode == LanesMode::Live || event->modifiers() & Qt::ShiftModifier;
    if (range)
        m_pressedAt = at;
    else
        moveTo(at);
}

void LanesPlot::mouseMoveEvent(QMouseEvent* event) {
    const double at = timeAt(event->position().x());
    if (m_pressedAt && event->buttons() & Qt::LeftButton) {
        setSelection(TimeRange{std::min(*m_pressedAt, at), std::max(*m_pressedAt, at)});
    } else if (event->buttons() & Qt::LeftButton) {
        moveTo(at);
    } else if (m_mode == LanesMode::Live && m_data.to > m_data.from) {
        const bool inside = plotRect().contains(event->position().toPoint());
        setProbe(inside ? std::optional(at) : std::nullopt);
    }
}

void LanesPlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_pressedAt) return;
    const double from = *m_pressedAt;
    const double to = timeAt(event->position().x());
    m_pressedAt.reset();
    if (std::fabs(xOf(from) - xOf(to)) < Theme::current().pxF(4)) return selectMinuteOf(from);
    emit rangeSelected(std::min(from, to), std::max(from, to));
}

void LanesPlot::leaveEvent(QEvent*) {
    if (m_mode == LanesMode::Live && !m_pressedAt) setProbe(std::nullopt);
}

void LanesPlot::keyPressEvent(QKeyEvent* event) {
    const double span = m_data.to - m_data.from;
    if (!(span > 0)) return QWidget::keyPressEvent(event);
    const double column = std::max(span / std::max(1, m_data.columns), 1.0);
    const double step = column * (event->modifiers() & Qt::ShiftModifier ? 10 : 1);
    switch (event->key()) {
        case Qt::Key_Left: return moveTo(readAt() - step);
        case Qt::Key_Right: return moveTo(readAt() + step);
        case Qt::Key_PageUp: return moveTo(readAt() - span / 20);
        case Qt::Key_PageDown: return moveTo(readAt() + span / 20);
        case Qt::Key_Home: return moveTo(m_data.from);
        case Qt::Key_End: return moveTo(m_data.to);
        case Qt::Key_Return:
        case Qt::Key_Enter: return selectMinuteOf(readAt());
        case Qt::Key_Backspace:
        case Qt::Key_Delete:
            if (m_selection) return emit rangeCleared();
            break;
        default: break;
    }
    QWidget::keyPressEvent(event);
}

void LanesPlot::focusInEvent(QFocusEvent*) { update(); }

void LanesPlot::focusOutEvent(QFocusEvent*) {
    if (m_mode == LanesMode::Live) setProbe(std::nullopt);
    update();
}

void LanesPlot::resizeEvent(QResizeEvent*) { forgetPictures(); }

void LanesPlot::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) forgetPictures();
}

bool LanesPlot::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const LaneMark* mark = markAt(help->pos());
    if (mark == nullptr)
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(),
                           formatInstant(static_cast<std::int64_t>(mark->at)) + u' ' + mark->text,
                           this);
    return true;
}

}  // namespace breakwater::widgets
