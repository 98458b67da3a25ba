// Situation (Ctrl+1): are we safe, what is the worst thing coming, what must be done first.
#pragma once

#include "ui/screen.hpp"

class QSplitter;

namespace breakwater::ui {

class ActFirstPanel;
class BreakersTile;
class DistanceTile;
class EventsPanel;
class FlowPanel;
class HealthPanel;
class MarketsPanel;
class NextDollarTile;

class SituationScreen : public Screen {
    Q_OBJECT

public:
    explicit SituationScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override;
    QSize leastSize() const override { return {940, 596}; }
    void open(const ScreenTarget& target) override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;
    std::optional<InstrumentId> selectedMarket() const;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* buildLeft();
    QWidget* buildRight();
    void connectPanels();
    void goToAccounts(const QString& filter);
    void goToBreakers(std::optional<InstrumentId> market);

    DistanceTile* m_distance = nullptr;
    NextDollarTile* m_nextDollar = nullptr;
    BreakersTile* m_breakers = nullptr;
    MarketsPanel* m_markets = nullptr;
    HealthPanel* m_health = nullptr;
    FlowPanel* m_flow = nullptr;
    ActFirstPanel* m_actFirst = nullptr;
    EventsPanel* m_events = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_side = nullptr;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    bool m_ready = false;
};

}  // namespace breakwater::ui
