// One line above the screen that stays as long as its condition: halted, frozen, not recorded.
#pragma once

#include <QString>
#include <QWidget>

#include "widgets/chip.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::ui {

struct BannerData {
    widgets::Priority priority = widgets::Priority::None;
    QString what;       // strong
    QString why;        // what still works, what to do
    QKeySequence keys;  // the answer, if there is one
    QString keysText;
    QString copyText = {};  // not empty: a button copies it
};

class Banner : public QWidget {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    void setData(const BannerData& next);  // an empty `what` hides it
    QString what() const { return m_what; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    widgets::RunLabel* m_label;
    widgets::ActionButton* m_copy;
    QString m_what;
    QString m_copyText;
};

}  // namespace breakwater::ui
