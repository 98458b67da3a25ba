#include "ui/theme_follow.hpp"

#include <utility>

#include <QEvent>
#include <QWidget>

namespace breakwater::ui {
namespace {

class Follower : public QObject {
public:
    Follower(QWidget& widget, std::function<void()> apply)
        : QObject(&widget), m_apply(std::move(apply)) {
        widget.installEventFilter(this);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::StyleChange && !m_applying) {
            m_applying = true;  // applying may restyle the widget once more
            m_apply();
            m_applying = false;
        }
        return QObject::eventFilter(watched, event);
    }

private:
    std::function<void()> m_apply;
    bool m_applying = false;
};

}  // namespace

void followTheme(QWidget& widget, std::function<void()> apply) {
    apply();
    new Follower(widget, std::move(apply));
}

}  // namespace breakwater::ui
