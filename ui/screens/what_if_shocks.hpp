// The shocks of a what-if: a row an underlying, moved by slider or by typed value, together by
// their betas when the lock is on.
#pragma once

#include <memory>
#include <vector>

#include "core/scenario/shock.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/shock_slider.hpp"

class QGridLayout;

namespace breakwater::widgets {
class Chip;
}

namespace breakwater::ui {

// Hundredths of a percent, as the sliders have them.
Ratio ratioOf(int move);
int moveOf(Ratio ratio);
// "ETH −20%, BTC −16%"; "today's prices" when nothing moves.
QString shockWords(const view::Snapshot& snapshot, const scenario::Shock& shock);

class ShocksPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit ShocksPanel(QWidget* parent = nullptr);

    void refresh(const std::shared_ptr<const view::Snapshot>& snapshot);
    scenario::Shock shock() const;
    void reset();
    void applyPreset(int move);  // to the row last used
    void choose(std::size_t row, bool focus);
    std::size_t chosen() const { return m_chosen; }
    void editChosen();
    void setLocked(bool locked);
    bool isLocked() const;
    std::size_t rows() const { return m_rows.size(); }
    widgets::ShockSlider& slider(std::size_t row) { return *m_rows[row].slider; }

signals:
    void shockChanged();
    void entered();  // Enter in a typed value

private:
    struct Row {
        widgets::RunLabel* name;
        widgets::ShockSlider* slider;
        widgets::RunLabel* beta;
        widgets::RunLabel* marks;
    };

    void build();
    void addRow(std::size_t row);
    void rebuild(std::size_t count);
    void onMoved(std::size_t row, int move);
    void followLeader();
    void refreshRow(std::size_t row);
    void refreshFoot();
    void applyHeight();

    std::shared_ptr<const view::Snapshot> m_snapshot;
    std::vector<scenario::Beta> m_betas;  // to the row last used
    std::vector<Row> m_rows;
    std::size_t m_chosen = 0;
    QString m_error;
    QWidget* m_body = nullptr;
    QGridLayout* m_grid = nullptr;
    widgets::Chip* m_lock = nullptr;
};

}  // namespace breakwater::ui
