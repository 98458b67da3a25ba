// The keys that work now, read off the actions themselves.
#pragma once

#include "ui/overlay.hpp"

class QAction;

namespace breakwater::ui {

class KeysOverlay : public Overlay {
    Q_OBJECT

public:
    explicit KeysOverlay(QWidget& area);
    // Window first, then what the screen adds.
    void show(const QList<QAction*>& window, const QString& screenTitle,
              const QList<QAction*>& screen);

private:
    void fill(QWidget& body, const QList<QAction*>& window, const QString& screenTitle,
              const QList<QAction*>& screen);
};

}  // namespace breakwater::ui
