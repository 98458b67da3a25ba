#include "ui/actions.hpp"

#include <QAction>
#include <QKeySequence>
#include <QWidget>

namespace breakwater::ui {

QAction* makeAction(QWidget& owner, const ActionSpec& spec) {
    auto* action = new QAction(QString::fromUtf8(spec.text), &owner);
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromUtf8(spec.keys).split(QLatin1Char(';'))) {
        keys.append(QKeySequence(key, QKeySequence::PortableText));
    }
    action->setShortcuts(keys);
    action->setToolTip(QString::fromUtf8(spec.toolTip));
    action->setShortcutContext(owner.isWindow() ? Qt::WindowShortcut
                                                : Qt::WidgetWithChildrenShortcut);
    owner.addAction(action);
    return action;
}

}  // namespace breakwater::ui
