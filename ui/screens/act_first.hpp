// What needs an answer, worst first: a card for each open P1 and P2, a row for each P3.
#pragma once

#include <map>
#include <optional>

#include "ui/board_age.hpp"
#include "widgets/alarm_card.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/panel_frame.hpp"

class QScrollArea;
class QVBoxLayout;

namespace breakwater::ui {

class ActFirstPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit ActFirstPanel(QWidget* parent = nullptr);
    // `whyNoAct`: not empty where nothing can be sent; the cards then say so.
    void refresh(const view::Board& board, const BoardAge& age, const QString& whyNoAct);
    std::size_t shown() const { return m_cards.size() + m_rows.size(); }

signals:
    void breakersRequested(int market);  // -1: the venue
    void acknowledgeRequested(quint64 alarm);

private:
    void place(const view::AlarmView& alarms);
    void onAction(const QString& alarm, const QString& action);
    // `said`: a card above tells what to do about an alarm of this kind.
    widgets::AlarmCardData cardOf(const view::Alarm& alarm, Instant now, bool said) const;
    std::uint64_t currentCard() const;
    void showCards();

    QScrollArea* m_scroll;
    QWidget* m_list;
    QVBoxLayout* m_layout;
    widgets::EmptyState* m_calm;
    std::map<std::uint64_t, widgets::AlarmCard*> m_cards;
    std::map<std::uint64_t, widgets::AlarmRow*> m_rows;
    std::vector<std::uint64_t> m_order;
    std::map<std::uint64_t, int> m_marketOf;
    QString m_whyNoAct;
    std::optional<std::uint64_t> m_chosen;  // the card the officer opened
    std::shared_ptr<const view::Snapshot> m_snapshot;
};

}  // namespace breakwater::ui
