// Ctrl+K: every command of the window and of the present screen, and what can be found by name:
// accounts, markets, terms of the glossary.
#pragma once

#include <QPointer>

#include "ui/name_search.hpp"
#include "ui/pick_overlay.hpp"

class QAction;

namespace breakwater::ui {

// What can be done and found just now.
struct PaletteOffer {
    QList<QAction*> screen;  // first
    QList<QAction*> window;
    QString screenTitle;
    std::shared_ptr<const view::Snapshot> snapshot;
};

class PaletteOverlay : public PickOverlay {
    Q_OBJECT

public:
    explicit PaletteOverlay(QWidget& area);
    void show(const PaletteOffer& offer);

signals:
    void accountChosen(breakwater::AccountId account);
    void marketChosen(breakwater::InstrumentId market);
    void termChosen(const QString& id);

private:
    struct Scored {
        int score = 0;
        Pick pick;
    };
    void look(const QString& typed);
    void list();
    void addActions(const QList<QAction*>& actions, const QString& kind, int bonus,
                    std::vector<Scored>& out);
    void addMarkets(std::vector<Scored>& out);
    void addAccounts(std::vector<Scored>& out);
    void addTerms(std::vector<Scored>& out);

    NameSearch* m_search;
    PaletteOffer m_offer;
    std::shared_ptr<const view::AccountHits> m_hits;
};

}  // namespace breakwater::ui
