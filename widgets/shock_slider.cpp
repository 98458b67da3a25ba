#include "widgets/shock_slider.hpp"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMouseEvent>
#include <QSignalBlocker>
#include <QWheelEvent>

#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr int percent = 100;
constexpr double knobWidth = 10;

int stepOf(const QKeyEvent& event) {
    return event.modifiers().testFlag(Qt::ShiftModifier) ? 5 * percent : percent;
}

}  // namespace

QString moveText(int move) {
    const int decimals = move % percent == 0 ? 0 : move % 10 == 0 ? 1 : 2;
    return formatPercent(move / 10'000.0, decimals, move == 0 ? Sign::MinusOnly : Sign::Always);
}

TypedMove parseMove(const QString& text, int least, int most) {
    QString plain = text.trimmed();
    if (plain.endsWith(u'%')) plain.chop(1);
    plain = plain.trimmed();
    plain.replace(QChar(0x2212), u'-');
    const bool negative = plain.startsWith(u'-');
    if (negative || plain.startsWith(u'+')) plain.remove(0, 1);
    const qsizetype point = plain.indexOf(u'.');
    const QString whole = point < 0 ? plain : plain.left(point);
    const QString fraction = point < 0 ? QString() : plain.mid(point + 1);
    const auto digits = [](const QString& part) {
        return std::all_of(part.begin(), part.end(),
                           [](QChar c) { return c >= u'0' && c <= u'9'; });
    };
    if ((whole.isEmpty() && fraction.isEmpty()) || !digits(whole) || !digits(fraction))
        return {std::nullopt, QStringLiteral("type a percentage, such as −20 or +7.5")};
    if (fraction.size() > 2)
        return {std::nullopt, QStringLiteral("at most two decimals of a percent")};
    const int move = whole.size() > 6
                         ? most + 1
                         : whole.toInt() * percent + fraction.leftJustified(2, u'0').toInt();
    const int signedMove = negative ? -move : move;
    if (signedMove < least || signedMove > most)
        return {std::nullopt,
                QStringLiteral("between %1 and %2").arg(moveText(least), moveText(most))};
    return {signedMove, {}};
}

MoveTrack::MoveTrack(QWidget* parent) : QAbstractSlider(parent) {
    setOrientation(Qt::Horizontal);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

QSize MoveTrack::sizeHint() const { return {Theme::current().px(150), Theme::current().px(26)}; }
QSize MoveTrack::minimumSizeHint() const {
    return {Theme::current().px(80), Theme::current().px(26)};
}

QRectF MoveTrack::trackRect() const {
    const Theme& theme = Theme::current();
    const double inset = theme.pxF(knobWidth / 2 + 2);
    return QRectF(rect()).adjusted(inset, (height() - theme.pxF(6)) / 2, -inset,
                                   -(height() - theme.pxF(6)) / 2);
}

double MoveTrack::xOf(int move) const {
    const QRectF track = trackRect();
    const double half = track.width() / 2;
    if (move < 0) return track.left() + half * (1 - static_cast<double>(move) / minimum());
    return track.left() + half + (maximum() > 0 ? half * move / maximum() : 0);
}

int MoveTrack::moveAt(double x) const {
    const QRectF track = trackRect();
    const double half = std::max(1.0, track.width() / 2);
    const double side = std::clamp((x - track.left()) / half - 1, -1.0, 1.0);
    const double move = side < 0 ? -side * minimum() : side * maximum();
    // By mouse to whole percents; the rest is typed.
    return static_cast<int>(std::lround(move / percent)) * percent;
}

void MoveTrack::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRectF track = trackRect();
    painter.fillRect(track, theme.color(Token::Sunken));
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line));
        painter.drawRect(track);
    }
    const double zero = xOf(0), here = xOf(value());
    painter.fillRect(QRectF(QPointF(std::min(zero, here), track.top()),
                            QPointF(std::max(zero, here), track.bottom())),
                     theme.color(Token::Bar));
    painter.fillRect(
        QRectF(std::round(zero), track.top() - theme.pxF(4), 1, track.height() + theme.pxF(8)),
        theme.color(Token::Ctl));
    const QRectF knob(here - theme.pxF(knobWidth / 2), (height() - theme.pxF(18)) / 2,
                      theme.pxF(knobWidth), theme.pxF(18));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(Token::Panel), 1));
    painter.setBrush(theme.color(isEnabled()
                                     ? (underMouse() || hasFocus() ? Token::Text : Token::Secondary)
                                     : Token::Muted));
    painter.drawRoundedRect(knob, theme.pxF(2), theme.pxF(2));
    if (hasFocus())
        focusRing(painter, knob.toAlignedRect().adjusted(-3, -3, 3, 3).intersected(rect()));
}

void MoveTrack::nudge(int by) {
    const int next = std::clamp(value() + by, minimum(), maximum());
    if (next == value()) return;
    setValue(next);
    emit moved(next);
}

void MoveTrack::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left: return nudge(-stepOf(*event));
        case Qt::Key_Right: return nudge(stepOf(*event));
        case Qt::Key_PageDown: return nudge(-10 * percent);
        case Qt::Key_PageUp: return nudge(10 * percent);
        case Qt::Key_Home: return nudge(minimum() - value());
        case Qt::Key_End: return nudge(maximum() - value());
        case Qt::Key_Up: emit neighbourRequested(-1); return;
        case Qt::Key_Down: emit neighbourRequested(1); return;
        default: QWidget::keyPressEvent(event);
    }
}

void MoveTrack::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    setSliderDown(true);
    nudge(moveAt(event->position().x()) - value());
}

void MoveTrack::mouseMoveEvent(QMouseEvent* event) {
    if (isSliderDown()) nudge(moveAt(event->position().x()) - value());
}

void MoveTrack::mouseReleaseEvent(QMouseEvent*) { setSliderDown(false); }

// A wheel turned over a scrolling list of shocks must not change one.
void MoveTrack::wheelEvent(QWheelEvent* event) { event->ignore(); }
void MoveTrack::focusInEvent(QFocusEvent*) { update(); }
void MoveTrack::focusOutEvent(QFocusEvent*) { update(); }

ShockSlider::ShockSlider(const QString& name, int least, int most, QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_track = new MoveTrack(this);
    m_track->setRange(least, most);
    m_track->setSingleStep(percent);
    m_track->setPageStep(10 * percent);
    m_track->setAccessibleName(name + QStringLiteral(" move"));
    m_edit = new QLineEdit(this);
    m_edit->setAccessibleName(name + QStringLiteral(" move, typed"));
    m_edit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_edit->installEventFilter(this);
    row->addWidget(m_track, 1);
    row->addWidget(m_edit);
    connect(m_track, &MoveTrack::moved, this, [this](int move) {
        restoreText();
        emit moved(move);
    });
    connect(m_edit, &QLineEdit::textEdited, this,
            [this](const QString& text) { onTyped(text, false); });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        onTyped(m_edit->text(), true);
        if (m_error.isEmpty()) emit entered();
    });
    applyMetrics();
    setMove(0);
}

void ShockSlider::applyMetrics() {
    const Theme& theme = Theme::current();
    m_edit->setFont(theme.font(FontRole::MonoBody));
    m_edit->setFixedSize(theme.px(72), theme.px(26));
    layout()->setSpacing(theme.px(6));
}

void ShockSlider::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && layout() != nullptr) applyMetrics();
}

int ShockSlider::move() const { return m_track->value(); }

void ShockSlider::setMove(int move) {
    m_track->setValue(move);
    if (!m_edit->hasFocus()) restoreText();
}

void ShockSlider::editValue() {
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

void ShockSlider::restoreText() {
    m_edit->setText(moveText(m_track->value()));
    m_track->setAccessibleDescription(m_edit->text());
    setError({});
}

void ShockSlider::setError(const QString& error) {
    if (error == m_error) return;
    m_error = error;
    m_edit->setToolTip(error);
    m_edit->setAccessibleDescription(error);
    emit errorChanged(error);
}

// Every key that leaves a number is followed at once; what is not one yet is only complained of
// when the officer says that it is whole.
void ShockSlider::onTyped(const QString& text, bool final) {
    const TypedMove typed = parseMove(text, m_track->minimum(), m_track->maximum());
    if (!typed.move) return setError(final ? typed.error : QString());
    setError({});
    const bool changed = *typed.move != m_track->value();
    m_track->setValue(*typed.move);
    if (final) restoreText();
    if (changed) emit moved(*typed.move);
}

void ShockSlider::nudge(int by) {
    const int next = std::clamp(m_track->value() + by, m_track->minimum(), m_track->maximum());
    if (next == m_track->value()) return;
    m_track->setValue(next);
    restoreText();
    m_edit->selectAll();
    emit moved(next);
}

bool ShockSlider::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_edit) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut && m_error.isEmpty()) restoreText();
    if (event->type() == QEvent::KeyPress) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_Up || key.key() == Qt::Key_Down) {
            nudge(key.key() == Qt::Key_Up ? stepOf(key) : -stepOf(key));
            return true;
        }
        if (key.key() == Qt::Key_Escape) {
            restoreText();
            m_track->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    // Esc belongs to the field while it has the focus.
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace breakwater::widgets
