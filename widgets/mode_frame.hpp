#pragma once
// The frame round the screen area in WHAT-IF, PAST and DRILL. Lies over its parent, takes no
// mouse, and is never put over the strips.

#include <QWidget>

#include "widgets/mode_bar.hpp"

namespace breakwater::widgets {

class ModeFrame : public QWidget {
    Q_OBJECT
public:
    explicit ModeFrame(QWidget* covered);  // follows the size of `covered`
    void setMode(Mode mode);               // LIVE and READ-ONLY draw nothing
    [[nodiscard]] Mode mode() const { return m_mode; }
    // Margin the screen's layout needs: 13 inside a frame, 8 otherwise.
    [[nodiscard]] static double screenMargin(Mode mode);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    Mode m_mode = Mode::Live;
};

}  // namespace breakwater::widgets
