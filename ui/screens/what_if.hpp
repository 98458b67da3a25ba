// What-if (Ctrl+6): if prices move like this, who dies, what does it cost, who pays. Nothing here
// reaches the venue: the screen has no way to send a command.
#pragma once

#include <QElapsedTimer>

#include "ui/models/struck_model.hpp"
#include "ui/screen.hpp"
#include "ui/what_if_worker.hpp"
#include "widgets/data_table.hpp"
#include "widgets/panel_frame.hpp"

class QSplitter;
class QStackedLayout;

namespace breakwater::widgets {
class Chip;
class PickBox;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class ColumnKeeper;
class ShocksPanel;
class WhatIfLayers;
class WhatIfMap;
class WhatIfResults;

class WhatIfScreen : public Screen {
    Q_OBJECT

public:
    explicit WhatIfScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override;
    void open(const ScreenTarget& target) override;
    void recompute() override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    ShocksPanel& shocks() { return *m_shocks; }
    WhatIfResults& results() { return *m_results; }
    WhatIfLayers& layers() { return *m_layers; }
    WhatIfMap& map() { return *m_map; }
    StruckModel& accounts() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }
    const WhatIfAnswer* answer() const { return m_answer.get(); }
    bool isStale() const;

private:
    void build();
    QWidget* buildHeading();
    QWidget* buildLeft();
    QWidget* buildRight();
    QWidget* buildList();
    void addActions();
    void connectParts();
    void compute();
    void onEvaluated(const std::shared_ptr<const WhatIfAnswer>& answer);
    void onMapped(const std::shared_ptr<const scenario::HeatMap>& map, double millis);
    void listCell(const scenario::Shock& shock);
    void listShock();
    void goToAccount(int row);
    QString staleAge() const;
    void refreshStamp();
    void refreshList();
    void refreshReady();

    static constexpr qint64 kFollowMs = 1'000;

    QStackedLayout* m_pages = nullptr;
    widgets::RunLabel* m_heading = nullptr;
    widgets::Chip* m_follow = nullptr;
    ShocksPanel* m_shocks = nullptr;
    WhatIfResults* m_results = nullptr;
    WhatIfLayers* m_layers = nullptr;
    WhatIfMap* m_map = nullptr;
    widgets::PanelFrame* m_listPanel = nullptr;
    widgets::PickBox* m_depth = nullptr;
    widgets::DataTable* m_table = nullptr;
    StruckModel* m_model = nullptr;
    ColumnKeeper* m_columns = nullptr;
    QSplitter* m_sides = nullptr;
    QSplitter* m_right = nullptr;
    WhatIfWorker* m_worker = nullptr;

    std::shared_ptr<const view::Snapshot> m_snapshot;  // the newest
    std::shared_ptr<const WhatIfAnswer> m_answer;      // what is shown, and of which photograph
    std::optional<scenario::Shock> m_cell;             // listed instead of the sliders' shock
    std::optional<InstrumentId> m_wanted;              // to be shown with the first photograph
    QElapsedTimer m_sinceRequest;
    bool m_ready = false;
};

}  // namespace breakwater::ui
