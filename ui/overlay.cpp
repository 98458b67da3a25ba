#include "ui/overlay.hpp"

#include <algorithm>

#include <QApplication>
#include <QEvent>
#include <QKeyEvent>

#include "widgets/theme.hpp"

namespace breakwater::ui {

Overlay::Overlay(const QString& title, QWidget& area, OverlayPlace place, QSize logicalSize)
    : PanelFrame(title, &area), m_area(area), m_place(place), m_size(logicalSize) {
    setAutoFillBackground(true);
    setKey(QKeySequence(Qt::Key_Escape));
    area.installEventFilter(this);
    hide();
}

void Overlay::place() {
    const widgets::Theme& theme = widgets::Theme::current();
    const int gap = theme.px(8);
    const int width = std::min(theme.px(m_size.width()), m_area.width() - 2 * gap);
    const int height = std::min(theme.px(m_size.height()), m_area.height() - 2 * gap);
    const bool centre = m_place == OverlayPlace::Centre;
    setGeometry(centre ? (m_area.width() - width) / 2 : m_area.width() - width - gap,
                centre ? (m_area.height() - height) / 2 : gap, width, height);
}

void Overlay::open() {
    m_before = QApplication::focusWidget();
    place();
    show();
    raise();
    QWidget* target =
        content() != nullptr && content()->focusPolicy() != Qt::NoFocus ? content() : this;
    target->setFocus(Qt::PopupFocusReason);
}

void Overlay::close() {
    if (isHidden()) return;
    hide();
    if (m_before != nullptr && m_area.window()->isAncestorOf(m_before))
        m_before->setFocus(Qt::PopupFocusReason);
    m_before = nullptr;
    emit closed();
}

bool Overlay::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_area && event->type() == QEvent::Resize && isVisible()) place();
    return PanelFrame::eventFilter(watched, event);
}

void Overlay::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        close();
        return;
    }
    PanelFrame::keyPressEvent(event);
}

}  // namespace breakwater::ui
