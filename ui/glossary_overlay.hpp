// F1: what the figures of the focused panel mean, with what they are now; every term by search.
#pragma once

#include "ui/glossary_find.hpp"
#include "ui/pick_overlay.hpp"

class QLabel;

namespace breakwater::ui {

class GlossaryOverlay : public PickOverlay {
    Q_OBJECT

public:
    explicit GlossaryOverlay(QWidget& area);

    // The terms of the panel that holds `focus` first; values come from the whole screen.
    void showFor(QWidget& screen, QWidget* focus, const QString& age);
    void showTerm(QWidget& screen, const QString& id, const QString& age);
    const Term* chosen() const;
    QString explanation() const;

protected:
    void pick() override {}  // Enter has nothing to open here

private:
    void readScreen(QWidget& screen, QWidget* focus, const QString& age);
    void list(const QString& typed);
    void explain();
    QString valueOf(const Term& term) const;

    QLabel* m_text;
    std::vector<ShownTerm> m_values;     // of the screen
    std::vector<const Term*> m_ofPanel;  // first in the list
    std::vector<const Term*> m_listed;
    QString m_panel;
    QString m_age;
};

}  // namespace breakwater::ui
