#include "widgets/toast.hpp"

#include <algorithm>

#include <QEvent>
#include <QFontMetrics>

#include "widgets/chip.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {
constexpr double toastWidth = 320;
constexpr double pad = 12;
}  // namespace

Toast::Toast(const ToastData& first, QWidget* parent) : QFrame(parent) {
    m_button = new ActionButton(QStringLiteral("Action"), this);
    connect(m_button, &QAbstractButton::clicked, this, [this] {
        emit actionTriggered(m_data.key);
        emit closed();
    });
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Toast::closed);
    setFocusPolicy(Qt::NoFocus);  // news never takes the keyboard from a command
    setData(first);
}

void Toast::setData(const ToastData& next) {
    m_data = next;
    setAccessibleName(next.text);
    m_button->setText(next.actionText);
    m_button->setAccessibleName(next.actionText);
    m_button->setVisible(!next.actionText.isEmpty());
    m_timer.start(next.milliseconds);
    resize(sizeHint());
    update();
}

QRect Toast::textRect(int width) const {
    const Theme& theme = Theme::current();
    const int left = theme.px(pad) + (m_data.priority == Priority::None ? 0 : theme.px(20));
    const int room = width - left - theme.px(pad);
    const QFontMetrics metrics(theme.font(FontRole::Body));
    const int height =
        metrics.boundingRect(0, 0, room, 1000, Qt::TextWordWrap, m_data.text).height();
    return {left, theme.px(10), room, height};
}

QSize Toast::sizeHint() const {
    const Theme& theme = Theme::current();
    const int width = theme.px(toastWidth);
    const int buttons = m_data.actionText.isEmpty() ? 0 : theme.px(34);
    return {width, std::max(theme.px(38), textRect(width).height() + theme.px(20) + buttons)};
}

void Toast::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    roundedBox(painter, rect(), Token::Raised, Token::Line2, 4);
    const QRect text = textRect(width());
    if (m_data.priority != Priority::None) {
        paintBadge(painter,
                   QRectF(theme.px(pad), text.top() + theme.px(1), theme.pxF(13), theme.pxF(13)),
                   m_data.priority);
    }
    painter.setFont(theme.font(FontRole::Body));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(text, Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_data.text);
}

void Toast::resizeEvent(QResizeEvent*) {
    const Theme& theme = Theme::current();
    const QSize size = m_button->sizeHint();
    m_button->setGeometry(width() - theme.px(pad) - size.width(),
                          height() - theme.px(8) - size.height(), size.width(), size.height());
}

// Reading takes as long as it takes.
void Toast::enterEvent(QEnterEvent*) { m_timer.stop(); }
void Toast::leaveEvent(QEvent*) { m_timer.start(m_data.milliseconds / 2); }

ToastHost::ToastHost(QWidget* window, int footHeight)
    : QObject(window), m_window(window), m_footHeight(footHeight) {
    window->installEventFilter(this);
}

void ToastHost::show(const ToastData& data) {
    for (Toast* toast : std::as_const(m_toasts)) {
        if (toast->key() != data.key) continue;
        toast->setData(data);
        place();
        return;
    }
    while (m_toasts.size() >= maximum)
        remove(m_toasts.front());
    auto* toast = new Toast(data, m_window);
    connect(toast, &Toast::actionTriggered, this, &ToastHost::actionTriggered);
    connect(toast, &Toast::closed, this, [this, toast] { remove(toast); });
    m_toasts.push_back(toast);
    toast->show();
    place();
}

void ToastHost::place() {
    const Theme& theme = Theme::current();
    int bottom = m_window->height() - theme.px(m_footHeight) - theme.px(8);
    for (auto it = m_toasts.rbegin(); it != m_toasts.rend(); ++it) {
        const QSize size = (*it)->sizeHint();
        (*it)->setGeometry(m_window->width() - size.width() - theme.px(12), bottom - size.height(),
                           size.width(), size.height());
        (*it)->raise();
        bottom -= size.height() + theme.px(8);
    }
}

void ToastHost::remove(Toast* toast) {
    if (m_toasts.removeAll(toast) == 0) return;
    toast->hide();
    toast->deleteLater();
    place();
}

bool ToastHost::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_window &&
        (event->type() == QEvent::Resize || event->type() == QEvent::StyleChange))
        place();
    return QObject::eventFilter(watched, event);
}

}  // namespace breakwater::widgets
