// Why the chosen event came, first cause first.
#pragma once

#include "ui/models/causes_model.hpp"
#include "widgets/data_table.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

class CausesPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit CausesPanel(QWidget* parent = nullptr);

    void ask(RecordDesk* record, Sequence sequence, std::uint32_t index);
    void forget();
    void setCursor(std::optional<Sequence> cursor) { m_model->setCursor(cursor); }
    CausesModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }

signals:
    void linkActivated(const breakwater::ui::CauseLink& link);

private:
    enum class State : std::uint8_t { NothingChosen, Searching, Found };

    void take(std::uint64_t number, const std::vector<CauseLink>& links);
    void describe(State state);

    widgets::DataTable* m_table;
    CausesModel* m_model;
    std::uint64_t m_number = 0;
};

}  // namespace breakwater::ui
