#include "ui/keys_overlay.hpp"

#include <QAction>
#include <QGridLayout>

namespace breakwater::ui {
namespace {

using widgets::Run;

widgets::RunLabel* line(const QString& text, const QKeySequence& keys, QWidget* parent) {
    auto* label = new widgets::RunLabel(parent);
    label->setRuns({Run::key(keys), Run::body(text).after(8)});
    return label;
}

widgets::RunLabel* heading(const QString& text, QWidget* parent) {
    auto* label = new widgets::RunLabel(parent);
    label->setRuns({Run::strong(text)});
    return label;
}

}  // namespace

KeysOverlay::KeysOverlay(QWidget& area)
    : Overlay(QStringLiteral("Keys"), area, OverlayPlace::Centre, QSize(900, 560)) {
    setCaption(QStringLiteral("no single letter changes the venue"));
}

void KeysOverlay::show(const QList<QAction*>& window, const QString& screenTitle,
                       const QList<QAction*>& screen) {
    auto* body = new QWidget(this);
    fill(*body, window, screenTitle, screen);
    if (QWidget* old = content()) old->deleteLater();
    setContent(body);
    body->show();
    open();
}

void KeysOverlay::fill(QWidget& body, const QList<QAction*>& window, const QString& screenTitle,
                       const QList<QAction*>& screen) {
    auto* grid = new QGridLayout(&body);
    grid->setContentsMargins(0, 0, 0, 0);
    const auto isKeyed = [](const QAction* action) { return !action->shortcut().isEmpty(); };
    grid->addWidget(heading(QStringLiteral("Everywhere"), &body), 0, 0, 1, 2);
    grid->addWidget(heading(screenTitle, &body), 0, 2);
    int at = 0;
    const int half = (static_cast<int>(window.size()) + 1) / 2;
    for (const QAction* action : window) {
        if (!isKeyed(action)) continue;
        grid->addWidget(line(action->text(), action->shortcut(), &body), 1 + at % half, at / half);
        ++at;
    }
    int row = 1;
    for (const QAction* action : screen) {
        if (isKeyed(action))
            grid->addWidget(line(action->text(), action->shortcut(), &body), row++, 2);
    }
    if (screen.isEmpty())
        grid->addWidget(
            line(QStringLiteral("open the chosen row"), QKeySequence(Qt::Key_Return), &body), row++,
            2);
    grid->setRowStretch(grid->rowCount(), 1);
}

}  // namespace breakwater::ui
