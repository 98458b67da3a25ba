// A panel over the window that Esc closes. It blocks nothing: the strips stay visible.
#pragma once

#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

enum class OverlayPlace : std::uint8_t { Centre, TopRight };

class Overlay : public widgets::PanelFrame {
    Q_OBJECT

public:
    // Lies over `area` (a child of the window) and follows its size.
    Overlay(const QString& title, QWidget& area, OverlayPlace place, QSize logicalSize);

    void open();
    void close();

signals:
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void place();

    QWidget& m_area;
    OverlayPlace m_place;
    QSize m_size;
    QWidget* m_before = nullptr;  // had the focus
};

}  // namespace breakwater::ui
