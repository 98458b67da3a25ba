#include "ui/screens/fund.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QSplitter>

#include "ui/actions.hpp"
#include "ui/screens/fund_panels.hpp"
#include "ui/splitters.hpp"

namespace breakwater::ui {
namespace {

QList<int> rowSizes(int total) { return {total * 66 / 100, total * 34 / 100}; }
QList<int> bottomSizes(int total) { return {total * 54 / 100, total * 46 / 100}; }
QList<int> leftSizes(int total) {
    const int fund = std::min(widgets::Theme::current().px(238), total * 6 / 10);
    return {fund, std::max(1, total - fund)};
}

// The fund keeps its words; the waterfall takes the rest.
QList<int> topSizes(int total) {
    const widgets::Theme& theme = widgets::Theme::current();
    const int fund = std::clamp(total * 24 / 100, theme.px(320), theme.px(430));
    return {fund, std::max(1, total - fund)};
}

}  // namespace

FundScreen::FundScreen(const ScreenContext& context, QWidget* parent) : Screen(context, parent) {
    m_worker = new QueueWorker(this);
    build();
    addActions();
    connect(m_worker, &QueueWorker::reported, this, &FundScreen::showReport);
    connect(m_waterfall, &WaterfallPanel::changed, this, &FundScreen::showReport);
}

void FundScreen::build() {
    auto* layout = new QHBoxLayout(this);
    widgets::arrangePanels(*layout);
    m_rows = makeSplitter(Qt::Vertical, &rowSizes, this);
    m_top = makeSplitter(Qt::Horizontal, &topSizes, m_rows);
    m_left = makeSplitter(Qt::Vertical, &leftSizes, m_top);
    m_fund = new FundPanel(m_left);
    m_history = new FundHistoryPanel(m_left);
    m_left->addWidget(m_fund);
    m_left->addWidget(m_history);
    m_waterfall = new WaterfallPanel(m_top);
    m_top->addWidget(m_left);
    m_top->addWidget(m_waterfall);
    m_bottom = makeSplitter(Qt::Horizontal, &bottomSizes, m_rows);
    m_next = new NextPayerPanel(m_bottom);
    m_flows = new FlowsPanel(m_bottom);
    m_bottom->addWidget(m_next);
    m_bottom->addWidget(m_flows);
    m_rows->addWidget(m_top);
    m_rows->addWidget(m_bottom);
    layout->addWidget(m_rows);
}

void FundScreen::addActions() {
    const auto add = [this](const ActionSpec& spec, auto call) {
        connect(makeAction(*this, spec), &QAction::triggered, this, call);
    };
    add({"Now or session", "W", "Turn the waterfall between now and the session"}, [this] {
        m_waterfall->choose(m_waterfall->chosen() == WaterfallOf::Now ? WaterfallOf::Session
                                                                      : WaterfallOf::Now);
    });
    add({"Next dollar", "N", "Go to the distances to the first ADL dollar"},
        [this] { m_next->table().setFocus(Qt::ShortcutFocusReason); });
    add({"Flows", "L", "Go to the flows of the fund"},
        [this] { m_flows->table().setFocus(Qt::ShortcutFocusReason); });
    add({"Fund history", "H", "Go to the history of the fund; F9 shows it as a table"},
        [this] { m_history->chart().setFocus(Qt::ShortcutFocusReason); });
}

QWidget* FundScreen::firstFocus() { return &m_waterfall->waterfall(); }

void FundScreen::refresh(const view::Board& board, const DeskStatus&) {
    m_snapshot = board.snapshot;
    m_worker->request(board);
    showReport();
}

void FundScreen::showReport() {
    const QueueReportPtr& report = m_worker->report();
    if (!report) return;
    const BoardAge& age = context().age;
    m_fund->refresh(report->fund, age);
    m_waterfall->refresh(report->fund, age);
    m_history->refresh(*report->snapshot, age);
    m_next->refresh(*report, age);
    m_flows->refresh(report->fund, age);
    const bool ready = m_worker->isCurrent(m_snapshot.get());
    if (ready == m_ready) return;
    m_ready = ready;
    emit readyChanged();
}

QJsonObject FundScreen::saveLayout() const {
    return {{QStringLiteral("rows"), splitterSizes(*m_rows)},
            {QStringLiteral("top"), splitterSizes(*m_top)},
            {QStringLiteral("left"), splitterSizes(*m_left)},
            {QStringLiteral("bottom"), splitterSizes(*m_bottom)}};
}

void FundScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_rows, layout.value(QStringLiteral("rows")));
    restoreSplitter(*m_top, layout.value(QStringLiteral("top")));
    restoreSplitter(*m_left, layout.value(QStringLiteral("left")));
    restoreSplitter(*m_bottom, layout.value(QStringLiteral("bottom")));
}

}  // namespace breakwater::ui
