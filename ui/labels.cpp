#include "ui/labels.hpp"

#include <QLabel>

#include "ui/theme_follow.hpp"
#include "widgets/theme.hpp"

namespace breakwater::ui {

QLabel* captionLabel(const QString& words, QWidget* parent, QWidget* buddy) {
    auto* label = new QLabel(words, parent);
    label->setForegroundRole(QPalette::PlaceholderText);  // the theme's muted
    label->setBuddy(buddy);
    followTheme(*label, [label] {
        label->setFont(widgets::Theme::current().font(widgets::FontRole::Caption));
    });
    return label;
}

QLabel* sentenceLabel(QWidget* parent) {
    auto* label = new QLabel(parent);
    label->setWordWrap(true);
    followTheme(*label, [label] {
        label->setFont(widgets::Theme::current().font(widgets::FontRole::Body));
    });
    return label;
}

}  // namespace breakwater::ui
