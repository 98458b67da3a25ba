#include "ui/actions.hpp"

#include <QAction>
#include <QKeySequence>
#include <QMainWindow>
#include <QWidget>

namespace breakwater::ui {

QAction* makeAction(QWidget& owner, const ActionSpec& spec) {
    auto* action = new QAction(QString::fromUtf8(spec.text), &owner);
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromUtf8(spec.keys).split(QLatin1Char(';'))) {
        keys.append(QKeySequence(key, QKeySequence::PortableText));
    }
    action->setShortcuts(keys);
    // Not isWindow(): a screen has no parent yet while it is being built.
    const bool window = qobject_cast<QMainWindow*>(&owner) != nullptr;
    action->setToolTip(QString::fromUtf8(spec.toolTip));
    action->setShortcutContext(window ? Qt::WindowShortcut : Qt::WidgetWithChildrenShortcut);
    owner.addAction(action);
    return action;
}

}  // namespace breakwater::ui
