#include "ui/screens/act_first.hpp"

#include <algorithm>
#include <set>

#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

const QString kOpen = QStringLiteral("open");
const QString kAcknowledge = QStringLiteral("acknowledge");

QKeySequence acknowledgeKey() { return QKeySequence(Qt::Key_F8); }

}  // namespace

ActFirstPanel::ActFirstPanel(QWidget* parent) : PanelFrame(QStringLiteral("Act first"), parent) {
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_scroll = new QScrollArea(body);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_list = new QWidget(m_scroll);
    m_layout = new QVBoxLayout(m_list);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addStretch(1);
    m_scroll->setWidget(m_list);
    m_list->setAutoFillBackground(false);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_calm = new widgets::EmptyState(body);
    m_calm->setData(nothingHere(
        QStringLiteral("Nothing needs an answer"),
        QStringLiteral(
            "Alarms appear here with their effect, what happens if left, and what to do.")));
    column->addWidget(m_scroll, 1);
    column->addWidget(m_calm, 1);
    m_scroll->hide();
    setContent(body, widgets::PanelPadding::None);
}

std::uint64_t ActFirstPanel::currentCard() const {
    if (m_chosen && m_cards.contains(*m_chosen)) return *m_chosen;
    return m_order.empty() ? 0 : m_order.front();
}

widgets::AlarmCardData ActFirstPanel::cardOf(const view::Alarm& alarm, Instant now,
                                             bool said) const {
    const view::AlarmRecord& record = view::recordOf(alarm.kind);
    widgets::AlarmCardData card;
    card.id = QString::number(alarm.number);
    card.priority = priorityOf(alarm.priority);
    card.title = text(alarm.headline);
    card.effect = text(alarm.effect);
    card.ifLeft = text(record.consequence);
    card.todo = text(record.action);
    card.timeLeftMs = millis(timeLeft(alarm, now));
    card.timeAllowedMs = millis(record.timeToAct);
    card.instantText = clockText(alarm.raisedAt).chopped(1);
    card.acknowledged = alarm.state == view::AlarmState::Acknowledged;
    card.current = currentCard() == alarm.number;
    // One card is open; of the others the effect tells them apart, and what to do only where no
    // card above says the same.
    if (!card.current) {
        card.ifLeft.clear();
        if (said) card.todo.clear();
        return card;
    }
    card.actions = {{kOpen, QStringLiteral("Open breakers"), {}, {}},
                    {kAcknowledge, QStringLiteral("Acknowledge"), acknowledgeKey(),
                     card.acknowledged ? QStringLiteral("already acknowledged") : m_whyNoAct}};
    return card;
}

void ActFirstPanel::place(const view::AlarmView& alarms) {
    std::vector<std::uint64_t> order;
    for (const view::Alarm& alarm : alarms.open)
        order.push_back(alarm.number);
    if (order == m_order) return;
    const auto gone = [&](std::uint64_t number) {
        return std::find(order.begin(), order.end(), number) == order.end();
    };
    const auto sweep = [&](auto& widgetsByNumber) {
        for (auto it = widgetsByNumber.begin(); it != widgetsByNumber.end();) {
            if (!gone(it->first)) {
                ++it;
                continue;
            }
            it->second->hide();
            it->second->deleteLater();
            it = widgetsByNumber.erase(it);
        }
    };
    sweep(m_cards);
    sweep(m_rows);
    for (const view::Alarm& alarm : alarms.open) {
        if (alarm.priority == view::AlarmPriority::P3) {
            auto& row = m_rows[alarm.number];
            if (row == nullptr) row = new widgets::AlarmRow(m_list);
        } else {
            auto& card = m_cards[alarm.number];
            if (card != nullptr) continue;
            card = new widgets::AlarmCard(m_list);
            connect(card, &widgets::AlarmCard::actionTriggered, this, &ActFirstPanel::onAction);
            connect(card, &widgets::AlarmCard::activated, this, [this](const QString& id) {
                m_chosen = id.toULongLong();
                showCards();
            });
        }
    }
    m_order = order;
    int at = 0;
    for (const std::uint64_t number : m_order) {
        QWidget* widget =
            m_cards.contains(number) ? static_cast<QWidget*>(m_cards[number]) : m_rows[number];
        m_layout->removeWidget(widget);
        m_layout->insertWidget(at++, widget);
        widget->show();
    }
}

void ActFirstPanel::onAction(const QString& alarm, const QString& action) {
    const quint64 number = alarm.toULongLong();
    if (action == kAcknowledge) {
        emit acknowledgeRequested(number);
        return;
    }
    const auto market = m_marketOf.find(number);
    emit breakersRequested(market == m_marketOf.end() ? -1 : market->second);
}

void ActFirstPanel::showCards() {
    if (!m_snapshot || !m_snapshot->alarms) return;
    std::set<view::AlarmKind> said;
    for (const view::Alarm& alarm : m_snapshot->alarms->open) {
        const widgets::AlarmCardData next =
            cardOf(alarm, m_snapshot->asOf, !said.insert(alarm.kind).second);
        if (const auto card = m_cards.find(alarm.number); card != m_cards.end())
            card->second->setData(next);
        if (const auto row = m_rows.find(alarm.number); row != m_rows.end())
            row->second->setData(next);
    }
}

void ActFirstPanel::refresh(const view::Board& board, const BoardAge& age,
                            const QString& whyNoAct) {
    m_whyNoAct = whyNoAct;
    if (!board.snapshot || !board.snapshot->alarms) return;
    const view::AlarmView& alarms = *board.snapshot->alarms;
    place(alarms);
    m_snapshot = board.snapshot;
    m_marketOf.clear();
    for (const view::Alarm& alarm : alarms.open)
        m_marketOf[alarm.number] = alarm.market ? int(alarm.market->value()) : -1;
    showCards();
    m_scroll->setVisible(!alarms.open.empty());
    m_calm->setVisible(alarms.open.empty());
    setCaption(QStringLiteral("first out, worst first"));
    setAside({widgets::Run::figure(QString::number(alarms.open.size()))});
    if (age.isStale())
        age.applyTo(*this);
    else
        setAge({});
}

}  // namespace breakwater::ui
