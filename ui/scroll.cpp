#include "ui/scroll.hpp"

#include <QApplication>
#include <QScrollArea>

namespace breakwater::ui {

void followFocus(QScrollArea& area) {
    QObject::connect(qApp, &QApplication::focusChanged, &area, [&area](QWidget*, QWidget* now) {
        QWidget* content = area.widget();
        if (now != nullptr && content != nullptr && now != content && content->isAncestorOf(now))
            area.ensureWidgetVisible(now, 8, 8);
    });
}

QScrollArea* scrolling(QWidget* content, QWidget* parent) {
    auto* area = new QScrollArea(parent);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(content);
    content->setAutoFillBackground(false);  // setWidget() turned it on
    area->viewport()->setAutoFillBackground(false);
    followFocus(*area);
    return area;
}

}  // namespace breakwater::ui
