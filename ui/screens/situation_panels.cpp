#include "ui/screens/situation_panels.hpp"

#include <numeric>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::FontRole;
using widgets::Priority;
using widgets::Run;
using widgets::Runs;

std::uint32_t countBetween(const view::VenueScan& scan, double from, double to) {
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < view::VenueScan::kBins; ++i) {
        const double middle = view::VenueScan::kHealthLow +
                              (static_cast<double>(i) + 0.5) * view::VenueScan::kHealthStep;
        if (middle >= from && middle < to) sum += scan.histogram[i];
    }
    return sum;
}

void addCount(Runs& runs, std::uint32_t count, const QString& words, Priority priority) {
    Run figure = Run::figure(widgets::formatCount(count), count > 0 ? priority : Priority::None,
                             FontRole::MonoBodyStrong);
    if (!runs.empty()) figure = figure.after(18);
    runs.push_back(figure);
    runs.push_back(Run::body(words));
}

}  // namespace

widgets::HistogramData healthHistogram(const view::VenueScan& scan) {
    widgets::HistogramData data;
    data.first = view::VenueScan::kHealthLow;
    data.step = view::VenueScan::kHealthStep;
    for (const std::uint32_t count : scan.histogram)
        data.counts.append(count);
    data.zones = {{0.0, 1.0, Priority::P1}, {1.0, 1.1, Priority::P2}};
    data.limit = 1.0;
    data.limitText = QStringLiteral("maintenance 1.00");
    data.overflowText = QStringLiteral("%1 above %2 or without position")
                            .arg(widgets::formatCount(scan.above),
                                 widgets::formatExact(view::VenueScan::kHealthHigh));
    return data;
}

QString healthFilter(double from, double to) {
    // The first bar also holds everything below it.
    if (from < view::VenueScan::kHealthLow + view::VenueScan::kHealthStep / 2) {
        return QStringLiteral("health<%1").arg(to, 0, 'f', 2);
    }
    return QStringLiteral("health>=%1 & health<%2").arg(from, 0, 'f', 2).arg(to, 0, 'f', 2);
}

MarketsPanel::MarketsPanel(QWidget* parent) : PanelFrame(QStringLiteral("Markets"), parent) {
    m_table = new widgets::DataTable(QStringLiteral("Markets"), this);
    m_model = new MarketsModel(m_table);
    m_table->setModel(m_model);
    m_columns = new ColumnKeeper(*m_table, m_model->widths(), MarketsModel::Spark);
    m_table->setRowHeight(26);
    m_table->setSortShown(m_model->sortColumn(), m_model->sortOrder());
    m_table->setEmptyState(
        nothingHere(QStringLiteral("No market is listed yet"),
                    QStringLiteral("The venue lists its markets with its first inputs.")));
    connect(m_table, &widgets::DataTable::sortRequested, this, &MarketsPanel::sort);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const auto market = m_model->marketAt(row)) emit marketActivated(market->value());
    });
    setAside({Run::key(QKeySequence(Qt::Key_Return)), Run::caption(QStringLiteral("accounts")),
              Run::key(QKeySequence(QStringLiteral("Ctrl+Shift+B"))),
              Run::caption(QStringLiteral("breakers"))});
    setContent(m_table, widgets::PanelPadding::None);
}

void MarketsPanel::sort(int column, Qt::SortOrder order) {
    m_model->sortBy(column, order);
    m_table->setSortShown(m_model->sortColumn(), m_model->sortOrder());
}

std::optional<InstrumentId> MarketsPanel::selected() const {
    return m_model->marketAt(chosenRow(*m_table));
}

void MarketsPanel::choose(InstrumentId market) {
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->marketAt(row) == market) return m_table->selectRow(row);
    }
}

void MarketsPanel::refresh(const view::Board& board, const BoardAge& age) {
    age.applyTo(*this);
    const bool held = holdsOrder(*m_table);
    m_model->setBoard(board, held ? MarketOrder::Held : MarketOrder::Follow);
    setCaption(held ? QStringLiteral("order held while a row is chosen")
                    : QStringLiteral("sorted by %1")
                          .arg(m_model->sortColumn() == MarketsModel::Below
                                   ? QStringLiteral("dollars at risk")
                                   : m_model
                                         ->headerData(m_model->sortColumn(), Qt::Horizontal,
                                                      Qt::DisplayRole)
                                         .toString()
                                         .toLower()));
}

HealthPanel::HealthPanel(QWidget* parent) : PanelFrame(QStringLiteral("Account health"), parent) {
    setKey(QKeySequence(QStringLiteral("Ctrl+2")));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_counts = new widgets::RunLabel(body);
    m_strip = new widgets::HistogramStrip(body);
    m_strip->setAccessibleName(QStringLiteral("Accounts by health"));
    column->addWidget(m_counts);
    column->addWidget(m_strip, 1);
    connect(m_strip, &widgets::HistogramStrip::barActivated, this,
            [this](int, double from, double to) { emit filterChosen(healthFilter(from, to)); });
    setContent(body);
}

void HealthPanel::refresh(const view::Board& board, const BoardAge& age) {
    age.applyTo(*this);
    if (!board.snapshot || !board.scan) {
        m_counts->setRuns(
            {Run::caption(QStringLiteral("the first pass over all accounts is being made"))});
        return;
    }
    const view::VenueScan& scan = *board.scan;
    setCaption(
        QStringLiteral("all %1, equity ÷ maintenance")
            .arg(widgets::formatCount(static_cast<std::int64_t>(board.snapshot->accountCount))));
    Runs runs;
    addCount(runs, countBetween(scan, 0, 1.0), QStringLiteral("below 1.00"), Priority::P1);
    addCount(runs, countBetween(scan, 1.0, 1.1), QStringLiteral("1.00 to 1.10"), Priority::P2);
    addCount(runs, countBetween(scan, 1.1, 1.25), QStringLiteral("1.10 to 1.25"), Priority::None);
    addCount(runs, countBetween(scan, 1.25, 9) + scan.above, QStringLiteral("above"),
             Priority::None);
    m_counts->setRuns(runs);
    widgets::HistogramData bars = healthHistogram(scan);
    bars.verticalAxis = true;
    m_strip->setData(bars);
}

FlowPanel::FlowPanel(QWidget* parent) : PanelFrame(QStringLiteral("Liquidation flow"), parent) {
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    m_running = new widgets::FigureView(FontRole::FigureLarge, body);
    m_started = new widgets::FigureView(FontRole::FigureLarge, body);
    m_ended = new widgets::FigureView(FontRole::FigureLarge, body);
    m_session = new widgets::FigureView(FontRole::FigureLarge, body);
    for (widgets::FigureView* view : {m_running, m_started, m_ended, m_session})
        top->addWidget(view, 1);
    setCaption(QStringLiteral("begun and ended per minute, last hour"));
    setKey(QKeySequence(QStringLiteral("Ctrl+3")));
    m_chart = new widgets::ChartView(body);
    m_facts = new widgets::FactList(body);
    column->addLayout(top);
    column->addWidget(m_chart, 1);
    column->addWidget(m_facts);
    setContent(body);
}

void FlowPanel::refreshChart(const view::FlowHistory& flow) {
    // Half a minute of venue time between two points; a chart is redrawn once a venue second.
    if (flow.started.last == m_charted && m_charted != Instant()) return;
    m_charted = flow.started.last;
    widgets::ChartData chart;
    chart.title = QStringLiteral("Liquidations begun and ended per minute");
    chart.series = {
        {QStringLiteral("begun"), perMinute(flow.started, 15), widgets::SeriesStyle::Main, {}},
        {QStringLiteral("ended"), perMinute(flow.ended, 15), widgets::SeriesStyle::Compared, {}}};
    chart.yMinimum = 0;
    m_chart->setData(chart);
}

void FlowPanel::refresh(const view::Board& board, const BoardAge& age) {
    age.applyTo(*this);
    if (!board.snapshot || !board.snapshot->flow || !board.snapshot->liquidations) {
        m_running->setData(
            figureWithout(QStringLiteral("running"), QStringLiteral("nothing is known yet")));
        return;
    }
    const view::Snapshot& snapshot = *board.snapshot;
    const double begun = lastMinute(snapshot.flow->started);
    const double ended = lastMinute(snapshot.flow->ended);
    const bool growing =
        openAlarm(snapshot, view::AlarmKind::BacklogGrowing, std::nullopt) != nullptr;
    const Priority priority =
        growing ? priorityOf(view::recordOf(view::AlarmKind::BacklogGrowing).priority)
                : Priority::None;
    const auto count = [](double value) {
        return widgets::formatCount(static_cast<std::int64_t>(value));
    };
    m_running->setData(figure(QStringLiteral("running"),
                              count(static_cast<double>(snapshot.liquidations->size()))));
    m_started->setData(figure(QStringLiteral("begun /min"), count(begun), priority));
    m_ended->setData(figure(QStringLiteral("ended /min"), count(ended)));
    m_session->setData(
        figure(QStringLiteral("session"), count(static_cast<double>(snapshot.tally.liquidations))));
    refreshChart(*snapshot.flow);
    const double net = begun - ended;
    QString backlog = QStringLiteral("nothing is running");
    if (!snapshot.liquidations->empty()) {
        backlog = net > 0   ? QStringLiteral("grows by %1 a minute").arg(count(net))
                  : net < 0 ? QStringLiteral("shrinks by %1 a minute").arg(count(-net))
                            : QStringLiteral("steady");
    }
    QVector<widgets::Fact> facts{fact(QStringLiteral("Backlog"), backlog, FontRole::Body)};
    if (net > 0) facts.front().priority = priority;
    if (board.scan) {
        facts.append(fact(QStringLiteral("Shortfall of accounts below zero"),
                          widgets::formatShort(board.scan->shortfall)));
    }
    m_facts->setFacts(facts);
}

}  // namespace breakwater::ui
