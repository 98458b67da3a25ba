// Ctrl+G: to an account or a market by its name.
#pragma once

#include "ui/name_search.hpp"
#include "ui/pick_overlay.hpp"

namespace breakwater::ui {

class GoToOverlay : public PickOverlay {
    Q_OBJECT

public:
    explicit GoToOverlay(QWidget& area);
    void show(std::shared_ptr<const view::Snapshot> snapshot);
    bool searching() const { return m_search->busy(); }

signals:
    void accountChosen(breakwater::AccountId account);
    void marketChosen(breakwater::InstrumentId market);

protected:
    void pick() override;

private:
    void look(const QString& typed);
    void onFound(const std::shared_ptr<const view::Snapshot>& snapshot,
                 const std::shared_ptr<const view::AccountHits>& hits);
    void list();

    NameSearch* m_search;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    std::shared_ptr<const view::AccountHits> m_hits;  // of what is typed; null while it is sought
    bool m_pickWhenFound = false;                     // Enter came before the answer
};

}  // namespace breakwater::ui
