#include "ui/screens/queue_evidence.hpp"

#include <algorithm>

#include <QHBoxLayout>

#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Run;
using widgets::Runs;

QString moveText(double move, bool falls) {
    return widgets::formatPercent(falls ? -move : move, 1, widgets::Sign::Always);
}

QString selfFeedingText(const view::ImpactLadder& ladder, bool falls) {
    if (!ladder.selfFeedingFrom) return {};
    return *ladder.selfFeedingFrom > 0 ? QStringLiteral("self-feeding beyond %1")
                                             .arg(moveText(*ladder.selfFeedingFrom, falls))
                                       : QStringLiteral("self-feeding from here");
}

}  // namespace

LadderPanel::LadderPanel(QWidget* parent) : PanelFrame(QStringLiteral("Impact ladder"), parent) {
    m_bar = new QWidget(this);
    m_row = new QHBoxLayout(m_bar);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(widgets::Theme::current().px(6));
    m_direction = new widgets::Chip(QStringLiteral("falls"), m_bar);
    m_direction->setAccessibleName(QStringLiteral("Direction of the move"));
    m_direction->setToolTip(QStringLiteral("Turn to the other direction"));
    m_row->addWidget(m_direction);
    connect(m_direction, &QAbstractButton::clicked, this, &LadderPanel::turnDirection);
    setAsideWidget(m_bar);
    setKey(QKeySequence(QStringLiteral("I")));
    m_chart = new widgets::ChartView(this);
    setContent(m_chart);
}

void LadderPanel::buildChips(const view::Snapshot& snapshot) {
    const std::size_t count = snapshot.markets->size();
    if (m_chips.size() == count) return;
    for (widgets::Chip* chip : m_chips)
        chip->deleteLater();
    m_chips.clear();
    for (std::size_t m = 0; m < count; ++m) {
        auto* chip = new widgets::Chip(text((*snapshot.markets)[m].instrument.code), m_bar);
        connect(chip, &QAbstractButton::clicked, this, [this, m] { choose(m); });
        m_row->insertWidget(static_cast<int>(m), chip);
        chip->show();  // now, so that the header knows its width
        m_chips.push_back(chip);
    }
    m_row->activate();
    setAsideWidget(m_bar);
}

void LadderPanel::choose(std::size_t market) {
    m_market = market;
    m_marketChosen = true;
    emit chosen();
}

void LadderPanel::nextMarket() {
    if (!m_chips.empty()) choose((m_market + 1) % m_chips.size());
}

void LadderPanel::turnDirection() {
    m_falls = !m_falls;
    m_directionChosen = true;
    emit chosen();
}

// The market that feeds itself soonest; while none does, the one with most to force.
void LadderPanel::chooseWorst(const view::QueueReport& report) {
    if (m_marketChosen && m_market < report.ladders.size()) {
        if (!m_directionChosen) m_falls = report.ladders[m_market].fallsAreWorse();
        return;
    }
    const auto key = [&](std::size_t m) {
        const view::MarketLadders& both = report.ladders[m];
        const view::ImpactLadder& worse = both.fallsAreWorse() ? both.falls : both.rises;
        return std::pair(worse.selfFeedingFrom.value_or(1), -worse.forced.back());
    };
    std::size_t worst = 0;
    for (std::size_t m = 1; m < report.ladders.size(); ++m) {
        if (key(m) < key(worst)) worst = m;
    }
    m_market = worst;
    if (!m_directionChosen) m_falls = report.ladders[worst].fallsAreWorse();
}

void LadderPanel::refresh(const view::QueueReport& report, const BoardAge& age) {
    age.applyTo(*this);
    if (report.ladders.empty()) return;
    buildChips(*report.snapshot);
    chooseWorst(report);
    for (std::size_t m = 0; m < m_chips.size(); ++m)
        m_chips[m]->setChecked(m == m_market);
    m_direction->setText(m_falls ? QStringLiteral("falls") : QStringLiteral("rises"));
    draw(report);
}

void LadderPanel::draw(const view::QueueReport& report) {
    const view::MarketLadders& both = report.ladders[m_market];
    const view::ImpactLadder& ladder = m_falls ? both.falls : both.rises;
    const QString code = text((*report.snapshot->markets)[m_market].instrument.symbol);
    setTitle(QStringLiteral("Impact, %1").arg(code));
    setCaption(QStringLiteral("cumulative $ by move of the mark; book beyond 1% in proportion"));
    widgets::ChartData chart;
    chart.title = QStringLiteral("Forced flow and book depth by move, %1").arg(code);
    chart.xAxis = widgets::AxisKind::Number;
    chart.xFactor = m_falls ? -100 : 100;
    chart.xUnit = QStringLiteral("%");
    chart.xTitle = QStringLiteral("Move");
    chart.fillsExcess = true;
    widgets::ChartSeries forced, depth;
    forced.name = QStringLiteral("forced flow");
    depth.name = QStringLiteral("book depth");
    depth.style = widgets::SeriesStyle::Compared;
    for (std::size_t k = 0; k < view::ImpactLadder::kPoints; ++k) {
        const double move = view::ImpactLadder::moveAt(k);
        forced.points.append({move, ladder.forced[k]});
        depth.points.append({move, ladder.depthAt(k)});
    }
    chart.yMinimum = 0;
    // The book beyond what is forced says nothing more.
    chart.yMaximum = 1.1 * std::max({ladder.forced.back(),
                                     std::min(ladder.depthAt(16), ladder.depthAt(4)), 1.0});
    for (QPointF& point : depth.points)
        point.setY(std::min(point.y(), *chart.yMaximum));
    chart.series = {forced, depth};
    chart.marker = ladder.selfFeedingFrom;
    chart.markerText = selfFeedingText(ladder, m_falls);
    m_chart->setData(chart);
    const QString told = selfFeedingText(ladder, m_falls);
    Runs foot{Run::body(QStringLiteral("forced now")),
              Run::figure(widgets::formatShort(ladder.forced.front())),
              Run::body(QStringLiteral("depth 1%")).after(12),
              Run::figure(widgets::formatShort(ladder.depth))};
    if (told.isEmpty())
        foot.push_back(Run::caption(QStringLiteral("the book takes all within 8%")).after(12));
    setFoot(foot);
}

TakersPanel::TakersPanel(QWidget* parent) : PanelFrame(QStringLiteral("Liquidators"), parent) {
    setKey(QKeySequence(QStringLiteral("K")));
    m_table = new widgets::DataTable(QStringLiteral("Liquidators"), this);
    m_model = new TakersModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(TakersModel::State);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setEmptyState(nothingHere(
        QStringLiteral("No liquidator is known"),
        QStringLiteral("Accounts tagged liquidator, and makers that take an order, appear here.")));
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const auto account = m_model->accountAt(row)) emit accountChosen(account->value());
    });
    setContent(m_table, widgets::PanelPadding::None);
}

void TakersPanel::resizeEvent(QResizeEvent* event) {
    PanelFrame::resizeEvent(event);
    const bool narrow = width() < widgets::Theme::current().px(590);
    m_table->setColumnHidden(TakersModel::Edge, width() < widgets::Theme::current().px(470));
    m_table->setColumnHidden(TakersModel::Share, narrow);
    m_table->setColumnHidden(TakersModel::Inventory, narrow);
}

void TakersPanel::refresh(const QueueReportPtr& report, const BoardAge& age) {
    age.applyTo(*this);
    m_model->setReport(report);
    const auto free = std::count_if(
        report->takers.begin(), report->takers.end(),
        [](const view::TakerRow& taker) { return taker.free > 0 && !taker.inLiquidation; });
    setCaption(QStringLiteral("%1 known, %2 with free margin; last 10 min")
                   .arg(report->takers.size())
                   .arg(free));
}

AdlPanel::AdlPanel(QWidget* parent) : PanelFrame(QStringLiteral("ADL preview"), parent) {
    setKey(QKeySequence(QStringLiteral("A")));
    m_table = new widgets::DataTable(QStringLiteral("Winners in ADL order"), this);
    m_model = new AdlModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(AdlModel::Name);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->setEmptyState(
        nothingHere(QStringLiteral("No winner on this side"),
                    QStringLiteral("Nobody holds a profit here: a deficit would be socialised.")));
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const auto account = m_model->accountAt(row)) emit accountChosen(account->value());
    });
    setContent(m_table, widgets::PanelPadding::None);
}

void AdlPanel::resizeEvent(QResizeEvent* event) {
    PanelFrame::resizeEvent(event);
    // What ranks goes before what is taken.
    const bool narrow = width() < widgets::Theme::current().px(612);
    m_table->setColumnHidden(AdlModel::Leverage, width() < widgets::Theme::current().px(480));
    m_table->setColumnHidden(AdlModel::Size, narrow);
    m_table->setColumnHidden(AdlModel::Score, narrow);
}

void AdlPanel::refresh(const QueueReportPtr& report, std::size_t market, bool falls,
                       const BoardAge& age) {
    age.applyTo(*this);
    if (market * 2 + 1 >= report->adl.sides.size()) return;
    const InstrumentId id(static_cast<std::uint16_t>(market));
    const bool longs = !falls;  // who wins when it falls is short
    m_model->setSide(report, id, longs);
    const view::AdlSide& side = report->adl.side(id, longs);
    setTitle(QStringLiteral("ADL preview, %1 %2")
                 .arg(text((*report->snapshot->markets)[market].instrument.symbol),
                      longs ? QStringLiteral("longs") : QStringLiteral("shorts")));
    setCaption(QStringLiteral("%1 ranked by profit × leverage")
                   .arg(widgets::formatCount(static_cast<std::int64_t>(side.ranked))));
    setFoot({Run::caption(QStringLiteral("taken now")),
             Run::figure(widgets::formatShort(side.now.gives)),
             Run::caption(QStringLiteral("if the fund were empty")).after(12),
             Run::figure(widgets::formatShort(side.ifEmpty.gives)),
             Run::caption(QStringLiteral("closing")),
             Run::figure(widgets::formatShort(side.ifEmpty.closes))});
}

}  // namespace breakwater::ui
