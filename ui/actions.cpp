#include "ui/actions.hpp"

#include <QAction>
#include <QKeySequence>
#include <QMainWindow>
#include <QWidget>

namespace breakwater::ui {
namespace {

constexpr char kWhyNot[] = "whyNot";

}  // namespace

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

void allow(QAction& action, bool allowed, const char* whyNot) {
    action.setProperty(kWhyNot, allowed ? QString() : QString::fromUtf8(whyNot));
    action.setEnabled(allowed);
}

QString whyNot(const QAction& action) {
    if (action.isEnabled()) return {};
    const QString reason = action.property(kWhyNot).toString();
    return reason.isEmpty() ? QStringLiteral("not possible now") : reason;
}

}  // namespace breakwater::ui
