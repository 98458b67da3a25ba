#include "widgets/time_slider.hpp"

#include <algorithm>
#include <array>

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr int kMinute = 60;  // of the slider's unit, the second
constexpr int kTickRoom = 96;
constexpr std::array<qint64, 12> kTickMinutes{1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1'440};

}  // namespace

TimeSlider::TimeSlider(QWidget* parent) : QAbstractSlider(parent) {
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
    setSingleStep(1);
    setPageStep(kMinute);
    setAccessibleName(QStringLiteral("time in the record"));
    connect(this, &QAbstractSlider::valueChanged, this, [this](int seconds) {
        if (m_isSetting) return;
        m_data.nowMs = std::min(m_data.fromMs + qint64{seconds} * 1'000, m_data.toMs);
        update();
        emit timeRequested(m_data.nowMs);
    });
}

void TimeSlider::setData(const TimeSliderData& next) {
    const qint64 held = m_data.nowMs;
    m_data = next;
    if (isSliderDown()) m_data.nowMs = held;
    m_isSetting = true;
    setRange(0, static_cast<int>((m_data.toMs - m_data.fromMs + 999) / 1'000));
    setValue(static_cast<int>((m_data.nowMs - m_data.fromMs) / 1'000));
    m_isSetting = false;
    setAccessibleDescription(formatInstant(m_data.nowMs));
    update();
}

QSize TimeSlider::sizeHint() const { return {Theme::current().px(700), Theme::current().px(30)}; }
QSize TimeSlider::minimumSizeHint() const {
    return {Theme::current().px(240), Theme::current().px(30)};
}

QRect TimeSlider::track() const {
    const Theme& theme = Theme::current();
    const int inset = theme.px(8);
    return {inset, theme.px(17), std::max(width() - 2 * inset, 1), theme.px(6)};
}

int TimeSlider::xOf(qint64 ms) const {
    const QRect box = track();
    const qint64 length = std::max<qint64>(m_data.toMs - m_data.fromMs, 1);
    const qint64 at = std::clamp<qint64>(ms - m_data.fromMs, 0, length);
    return box.left() + static_cast<int>(at * (box.width() - 1) / length);
}

qint64 TimeSlider::msAt(int x) const {
    const QRect box = track();
    const int at = std::clamp(x - box.left(), 0, box.width() - 1);
    return m_data.fromMs + (m_data.toMs - m_data.fromMs) * at / std::max(box.width() - 1, 1);
}

void TimeSlider::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Panel));
    if (m_data.toMs <= m_data.fromMs) return;
    paintTicks(painter);
    paintTrack(painter);
    paintMarks(painter);
    paintKnob(painter);
    if (hasFocus()) focusRing(painter, rect());
}

void TimeSlider::paintTicks(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRect box = track();
    const qint64 length = m_data.toMs - m_data.fromMs;
    const qint64 most = std::max<qint64>(box.width() / theme.px(kTickRoom), 1);
    qint64 step = kTickMinutes.back() * 60'000;
    for (const qint64 minutes : kTickMinutes) {
        if (length / (minutes * 60'000) > most) continue;
        step = minutes * 60'000;
        break;
    }
    painter.setFont(theme.font(FontRole::KeyCap));
    painter.setPen(theme.color(Token::Muted));
    const int room = theme.px(kTickRoom) / 2;
    for (qint64 at = (m_data.fromMs + step - 1) / step * step; at <= m_data.toMs; at += step) {
        const int x = xOf(at);
        // A label stands whole or not at all.
        const int half = painter.fontMetrics().horizontalAdvance(formatClockMinutes(at)) / 2 + 1;
        if (x - half < 0 || x + half > width()) continue;
        painter.drawText(QRect(x - room, 0, 2 * room, theme.px(14)), Qt::AlignCenter,
                         formatClockMinutes(at));
    }
}

void TimeSlider::paintTrack(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRect box = track();
    const int now = xOf(m_data.nowMs);
    painter.fillRect(box, theme.color(Token::Sunken));
    painter.fillRect(QRect(box.left(), box.top(), now - box.left(), box.height()),
                     theme.color(Token::Bar));
    // Behind the knob lies what the person at that instant did not know.
    painter.fillRect(QRect(now, box.top(), box.right() - now + 1, box.height()),
                     hatchBrush(theme.color(Token::Muted), 0.5));
    if (m_data.knownMs && *m_data.knownMs < m_data.toMs) {
        const int known = xOf(*m_data.knownMs);
        hline(painter, box.left(), known, box.bottom() + 2, Token::Line2);
    }
}

void TimeSlider::paintMarks(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRect box = track();
    const double side = theme.pxF(9);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    // The graver ones on top.
    for (const Priority priority : {Priority::P3, Priority::P2, Priority::P1}) {
        int last = -1;
        for (const TimeSliderMark& mark : m_data.marks) {
            if (mark.priority != priority) continue;
            const int x = xOf(mark.ms);
            if (x == last) continue;
            last = x;
            paintBadge(painter, QRectF(x - side / 2, box.center().y() - side / 2 + 0.5, side, side),
                       priority);
        }
    }
    painter.restore();
}

void TimeSlider::paintKnob(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const int knobWidth = theme.px(10), knobHeight = theme.px(18);
    const QRect knob(xOf(m_data.nowMs) - knobWidth / 2, track().center().y() - knobHeight / 2,
                     knobWidth, knobHeight);
    painter.fillRect(knob.adjusted(-1, 0, 1, 0), theme.color(Token::Panel));
    roundedBox(painter, knob, Token::Text, Token::Text, 2);
}

void TimeSlider::moveTo(int x) {
    const qint64 ms = msAt(x);
    if (ms == m_data.nowMs) return;
    m_data.nowMs = ms;
    m_isSetting = true;
    setValue(static_cast<int>((ms - m_data.fromMs) / 1'000));
    m_isSetting = false;
    update();
    emit timeRequested(ms);
}

void TimeSlider::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_data.toMs <= m_data.fromMs) return event->ignore();
    setSliderDown(true);
    moveTo(static_cast<int>(event->position().x()));
}

void TimeSlider::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) moveTo(static_cast<int>(event->position().x()));
}

void TimeSlider::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) setSliderDown(false);
}

void TimeSlider::wheelEvent(QWheelEvent* event) { event->ignore(); }

void TimeSlider::sliderChange(SliderChange change) {
    QAbstractSlider::sliderChange(change);
    update();
}

bool TimeSlider::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int near = Theme::current().px(6);
        QStringList lines{formatInstant(msAt(help->pos().x()))};
        for (const TimeSliderMark& mark : std::as_const(m_data.marks)) {
            if (std::abs(xOf(mark.ms) - help->pos().x()) > near || lines.size() > 6) continue;
            lines.append(formatInstant(mark.ms) + QLatin1Char(' ') + mark.text);
        }
        QToolTip::showText(help->globalPos(), lines.join(QLatin1Char('\n')), this);
        return true;
    }
    return QAbstractSlider::event(event);
}

}  // namespace breakwater::widgets
