// Step 2: type the scope's code, then hold.
#pragma once

#include "widgets/chip.hpp"
#include "widgets/hold_button.hpp"
#include "widgets/panel_frame.hpp"

class QLabel;
class QLineEdit;

namespace breakwater::ui {

class CommitPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit CommitPanel(QWidget* parent = nullptr);

    struct State {
        bool armed = false;
        QString code;  // what must be typed; empty: the hold is enough
        QString holdText;
        QString locked;  // a reason that stands above all others
    };
    void setState(const State& state);
    void clearCode();
    void focusCode();
    widgets::HoldButton& hold() { return *m_hold; }
    QLineEdit& code() { return *m_code; }

signals:
    void committed();
    void disarmRequested();

private:
    QString whyNot() const;
    void judge();

    State m_state;
    QLabel* m_codeName;
    QLineEdit* m_code;
    widgets::HoldButton* m_hold;
    widgets::ActionButton* m_disarm;
};

}  // namespace breakwater::ui
