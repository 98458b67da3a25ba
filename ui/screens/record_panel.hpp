// The whole record at a glance: lanes, the market whose price is drawn, the cursor.
#pragma once

#include <QTimer>

#include "ui/desk.hpp"
#include "ui/record_desk.hpp"
#include "widgets/lanes.hpp"
#include "widgets/panel_frame.hpp"

class QStackedLayout;

namespace breakwater::widgets {
class EmptyState;
class PickBox;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class RecordPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit RecordPanel(QWidget* parent = nullptr);

    void refresh(RecordDesk* record, const std::shared_ptr<const view::Snapshot>& names,
                 const DeskStatus& status);
    void setSelection(std::optional<Instant> from, std::optional<Instant> to);
    widgets::Lanes& lanes() { return *m_lanes; }
    widgets::PickBox& market() { return *m_market; }
    bool hasLanes() const { return m_shown != nullptr && !m_shown->columns.empty(); }

signals:
    void rangeSelected(breakwater::Instant from, breakwater::Instant to);
    void rangeCleared();

private:
    void build();
    void seek();
    void refreshMarkets();
    void refreshReadings();
    void refreshWords(const std::optional<PastStatus>& past);
    void describeEmpty(const DeskStatus& status);
    InstrumentId chosenMarket() const;

    RecordDesk* m_record = nullptr;
    std::shared_ptr<const view::Snapshot> m_names;
    std::shared_ptr<const RecordLanes> m_shown;
    widgets::Lanes* m_lanes = nullptr;
    widgets::PickBox* m_market = nullptr;
    widgets::EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    QTimer m_seekTimer;                  // a drag asks at most this often
    std::optional<Instant> m_seekingTo;  // until the record stands there
    bool m_sent = false;                 // the wish has reached the record
    InstrumentId m_drawn;
    Instant m_end;  // of what is drawn
};

}  // namespace breakwater::ui
