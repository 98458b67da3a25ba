#include "ui/screens/situation.hpp"

#include <algorithm>

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QSplitter>

#include "ui/actions.hpp"
#include "ui/screens/act_first.hpp"
#include "ui/screens/events_panel.hpp"
#include "ui/screens/situation_panels.hpp"
#include "ui/screens/situation_tiles.hpp"
#include "ui/splitters.hpp"
#include "ui/text.hpp"

namespace breakwater::ui {
namespace {

constexpr int kFoldWidth = 1'530;  // logical px of this screen below which Act first folds

// Tiles keep their height. The embedded venue lists two to four markets, so what lies below the
// table has more use for the room than the table.
QList<int> rowSizes(int total) {
    const int tiles = widgets::Theme::current().px(232);
    const int rest = std::max(2, total - tiles);
    return {tiles, rest * 2 / 5, rest * 3 / 5};
}

}  // namespace

SituationScreen::SituationScreen(const ScreenContext& context, QWidget* parent)
    : Screen(context, parent) {
    auto* layout = new QHBoxLayout(this);
    widgets::arrangePanels(*layout);
    m_columns = makeSplitter(Qt::Horizontal, lastPart(0.2, 330, 420), this);
    m_columns->addWidget(buildLeft());
    m_columns->addWidget(buildRight());
    layout->addWidget(m_columns);
    connectPanels();
    QAction* whatIf = makeAction(
        *this, {"What-if from here", "W", "Shock the chosen market, for the sake of argument"});
    connect(whatIf, &QAction::triggered, this, [this] {
        emit targetRequested({QStringLiteral("what-if"), {}, selectedMarket()});
    });
}

QWidget* SituationScreen::buildLeft() {
    m_rows = makeSplitter(Qt::Vertical, &rowSizes, this);
    auto* tiles = new QWidget(m_rows);
    auto* tileRow = new QHBoxLayout(tiles);
    widgets::arrangePanels(*tileRow);
    tileRow->setContentsMargins(0, 0, 0, 0);
    m_distance = new DistanceTile(tiles);
    m_nextDollar = new NextDollarTile(tiles);
    m_breakers = new BreakersTile(tiles);
    for (QWidget* tile : {static_cast<QWidget*>(m_distance), static_cast<QWidget*>(m_nextDollar),
                          static_cast<QWidget*>(m_breakers)}) {
        tileRow->addWidget(tile, 1);
    }
    m_markets = new MarketsPanel(m_rows);
    auto* bottom = new QWidget(m_rows);
    auto* bottomRow = new QHBoxLayout(bottom);
    widgets::arrangePanels(*bottomRow);
    bottomRow->setContentsMargins(0, 0, 0, 0);
    m_health = new HealthPanel(bottom);
    m_flow = new FlowPanel(bottom);
    bottomRow->addWidget(m_health, 5);
    bottomRow->addWidget(m_flow, 4);
    m_rows->addWidget(tiles);
    m_rows->addWidget(m_markets);
    m_rows->addWidget(bottom);
    return m_rows;
}

QWidget* SituationScreen::buildRight() {
    m_side = makeSplitter(Qt::Vertical, lastPart(0.42, 200, 480), this);
    m_actFirst = new ActFirstPanel(m_side);
    m_events = new EventsPanel(m_side);
    m_side->addWidget(m_actFirst);
    m_side->addWidget(m_events);
    return m_side;
}

void SituationScreen::connectPanels() {
    connect(m_markets, &MarketsPanel::marketActivated, this, [this](quint16 id) {
        if (!m_snapshot || id >= m_snapshot->markets->size()) return;
        goToAccounts(
            QStringLiteral("market:%1").arg(text((*m_snapshot->markets)[id].instrument.code)));
    });
    connect(m_health, &HealthPanel::filterChosen, this, &SituationScreen::goToAccounts);
    connect(m_breakers, &BreakersTile::marketActivated, this,
            [this](quint16 id) { goToBreakers(InstrumentId(id)); });
    connect(m_flow, &widgets::PanelFrame::headerActivated, this, [this] {
        emit targetRequested({QStringLiteral("queue"), {}, std::nullopt});
    });
    connect(m_nextDollar, &widgets::PanelFrame::headerActivated, this, [this] {
        emit targetRequested({QStringLiteral("fund"), {}, std::nullopt});
    });
    connect(m_breakers, &widgets::PanelFrame::headerActivated, this,
            [this] { goToBreakers(std::nullopt); });
    connect(m_health, &widgets::PanelFrame::headerActivated, this, [this] { goToAccounts({}); });
    connect(m_actFirst, &ActFirstPanel::breakersRequested, this, [this](int market) {
        goToBreakers(market < 0 ? std::nullopt
                                : std::optional(InstrumentId(static_cast<std::uint16_t>(market))));
    });
    connect(m_actFirst, &ActFirstPanel::acknowledgeRequested, this, &Screen::acknowledgeRequested);
}

void SituationScreen::goToAccounts(const QString& filter) {
    emit targetRequested({QStringLiteral("accounts"), filter, std::nullopt});
}

void SituationScreen::goToBreakers(std::optional<InstrumentId> market) {
    emit targetRequested({QStringLiteral("breakers"), {}, market});
}

std::optional<InstrumentId> SituationScreen::selectedMarket() const {
    return m_markets->selected();
}

void SituationScreen::open(const ScreenTarget& target) {
    if (target.market) m_markets->choose(*target.market);
}

QWidget* SituationScreen::firstFocus() { return &m_markets->table(); }

void SituationScreen::refresh(const view::Board& board, const DeskStatus&) {
    m_snapshot = board.snapshot;
    const BoardAge& age = context().age;
    m_distance->refresh(board, age);
    m_nextDollar->refresh(board, age);
    m_breakers->refresh(board, age);
    m_markets->refresh(board, age);
    m_health->refresh(board, age);
    m_flow->refresh(board, age);
    m_actFirst->refresh(board, age, text(context().acts.whyNot()));
    m_events->refresh(board, age);
    const bool ready = board.snapshot && board.scan;
    if (ready != m_ready) {
        m_ready = ready;
        emit readyChanged();
    }
}

void SituationScreen::resizeEvent(QResizeEvent* event) {
    Screen::resizeEvent(event);
    // On a narrow screen the alarm list (Ctrl+L) stands in for the column of cards.
    m_side->setVisible(width() >= widgets::Theme::current().px(kFoldWidth));
}

QJsonObject SituationScreen::saveLayout() const {
    return {{QStringLiteral("columns"), splitterSizes(*m_columns)},
            {QStringLiteral("rows"), splitterSizes(*m_rows)},
            {QStringLiteral("side"), splitterSizes(*m_side)},
            {QStringLiteral("markets"), m_markets->columns().save()}};
}

void SituationScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_columns, layout.value(QStringLiteral("columns")));
    restoreSplitter(*m_rows, layout.value(QStringLiteral("rows")));
    restoreSplitter(*m_side, layout.value(QStringLiteral("side")));
    m_markets->columns().restore(layout.value(QStringLiteral("markets")).toArray());
}

}  // namespace breakwater::ui
