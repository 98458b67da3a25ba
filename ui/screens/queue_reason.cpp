#include "ui/screens/queue_reason.hpp"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/view/alarm_board.hpp"
#include "ui/labels.hpp"
#include "ui/make_data.hpp"
#include "ui/models/queue_model.hpp"
#include "ui/screens/queue_strip.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Run;

constexpr std::size_t kTenMinutes = 600;

QString endedText(LiquidationEnd end) {
    switch (end) {
        case LiquidationEnd::Restored: return QStringLiteral("back above its target");
        case LiquidationEnd::Flat: return QStringLiteral("closed whole, nothing missing");
        case LiquidationEnd::CoveredByFund: return QStringLiteral("the fund paid its deficit");
        case LiquidationEnd::AutoDeleveraged: return QStringLiteral("ADL paid its deficit");
        case LiquidationEnd::Socialised: return QStringLiteral("everybody paid its deficit");
    }
    return {};
}

}  // namespace

QString lastEndedText(const view::Snapshot& snapshot) {
    if (snapshot.queue == nullptr || !snapshot.queue->lastEnded)
        return QStringLiteral("None has ended since %1.")
            .arg(snapshot.queue != nullptr ? clockText(snapshot.queue->totals.since)
                                           : QStringLiteral("the beginning"));
    const view::EndedLiquidation& last = *snapshot.queue->lastEnded;
    return QStringLiteral("The last ended at %1: %2, %3, after %4.")
        .arg(clockText(last.time), text(view::nameOf(snapshot, last.account)), endedText(last.end),
             last.steps == 1 ? QStringLiteral("1 order")
                             : QStringLiteral("%1 orders").arg(last.steps));
}

ReasonPanel::ReasonPanel(QWidget* parent) : PanelFrame(QStringLiteral("Why"), parent) {
    m_pages = new QStackedWidget(this);
    m_nothing = new widgets::EmptyState(m_pages);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(buildReason());
    setContent(m_pages);
}

QWidget* ReasonPanel::buildReason() {
    auto* body = new QWidget(m_pages);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    m_name = new widgets::RunLabel(body);
    m_badge = new widgets::StateBadge(body);
    head->addWidget(m_name, 1);
    head->addWidget(m_badge);
    m_why = sentenceLabel(body);
    m_why->setAccessibleName(QStringLiteral("Why it stands there"));
    m_advice = sentenceLabel(body);
    m_advice->setAccessibleName(QStringLiteral("What to do"));
    m_advice->setForegroundRole(QPalette::PlaceholderText);
    m_facts = new widgets::FactList(body);
    m_table =
        new widgets::DataTable(QStringLiteral("History of the liquidation, newest first"), body);
    m_model = new TraceModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths({70, 200});
    m_table->setStretchColumn(TraceModel::What);
    m_table->horizontalHeader()->hide();
    m_table->setMinimumHeight(widgets::Theme::current().px(42));
    m_table->setEmptyState(
        nothingHere(QStringLiteral("No history yet"),
                    QStringLiteral("Orders, fills and payments of this liquidation appear here.")));
    m_account =
        new widgets::ActionButton(QStringLiteral("Account"), QKeySequence(Qt::Key_Return), body);
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_account);
    foot->addStretch(1);
    column->addLayout(head);
    column->addWidget(m_why);
    column->addWidget(m_advice);
    column->addWidget(m_facts);
    column->addWidget(m_table, 1);
    column->addLayout(foot);
    return body;
}

void ReasonPanel::refreshWords(const view::QueueReport& report, const view::QueueRow& row) {
    const view::Snapshot& snapshot = *report.snapshot;
    widgets::Runs name{Run::figure(text(view::nameOf(snapshot, row.account)),
                                   widgets::Priority::None, widgets::FontRole::Figure)};
    if (row.market) {
        const Instrument& instrument = (*snapshot.markets)[row.market->value()].instrument;
        name.push_back(Run::body(text(instrument.symbol)).after(10));
        name.push_back(Run::figure(
            QStringLiteral("%1 left").arg(widgets::formatQuantity(std::abs(row.sizeLeft)))));
    }
    m_name->setRuns(name);
    const QString age = widgets::formatCountdown(millis(snapshot.asOf - row.stateSince));
    m_badge->setData(
        {row.isStuck ? stuckPriority() : widgets::Priority::None,
         (row.isStuck ? QStringLiteral("STUCK %1") : stateWord(row.state) + QStringLiteral(" %1"))
             .arg(age)});
    m_why->setText(
        QStringLiteral("Why: %1, since %2.").arg(text(row.why), clockText(row.stateSince)));
    m_advice->setText(row.advice.empty() ? QStringLiteral("Nothing is asked of you.")
                                         : QStringLiteral("Do: ") + text(row.advice));
}

void ReasonPanel::refreshFacts(const view::QueueReport& report, const view::QueueRow& row) {
    QVector<widgets::Fact> facts{
        fact(QStringLiteral("Equity, maintenance"),
             QStringLiteral("%1, %2").arg(widgets::formatShort(row.equity),
                                          widgets::formatShort(row.maintenance)))};
    if (row.state == view::QueueState::NoBid || row.state == view::QueueState::FundBehind) {
        const auto liquidators =
            std::count_if(report.takers.begin(), report.takers.end(),
                          [](const view::TakerRow& t) { return t.tag == AccountTag::Liquidator; });
        const auto free =
            std::count_if(report.takers.begin(), report.takers.end(), [](const view::TakerRow& t) {
                return t.tag == AccountTag::Liquidator && t.free > 0 && !t.inLiquidation;
            });
        if (liquidators > 0)
            facts.append(fact(QStringLiteral("Liquidators with free margin"),
                              QStringLiteral("%1 of %2").arg(free).arg(liquidators)));
    }
    if (row.market) {
        const Market& market = (*report.snapshot->markets)[row.market->value()];
        facts.append(fact(QStringLiteral("To close, depth within 1%"),
                          QStringLiteral("%1, %2").arg(
                              widgets::formatShort(row.valueLeft),
                              widgets::formatShort(view::depthFor(market, row.sizeLeft > 0)))));
    }
    m_facts->setFacts(facts);
}

void ReasonPanel::refresh(const view::QueueReport& report, const view::QueueRow* row, bool chosen,
                          const BoardAge& age) {
    age.applyTo(*this);
    const std::size_t stuck = report.queue.stuck;
    if (row == nullptr) {
        setTitle(QStringLiteral("Why"));
        setCaption({});
        m_nothing->setData(nothingHere(chosen ? QStringLiteral("The chosen liquidation has ended")
                                              : QStringLiteral("No liquidation runs"),
                                       lastEndedText(*report.snapshot)));
        m_pages->setCurrentIndex(0);
        return;
    }
    setTitle(row->isStuck ? QStringLiteral("Why stuck") : QStringLiteral("Why it stands there"));
    setCaption(chosen      ? QStringLiteral("the chosen row")
               : stuck > 0 ? QStringLiteral("first of %1 stuck").arg(stuck)
                           : QStringLiteral("the oldest"));
    m_pages->setCurrentIndex(1);
    m_model->setLiquidation(report.snapshot.get(), row->id);
    refreshWords(report, *row);
    refreshFacts(report, *row);
}

BacklogPanel::BacklogPanel(QWidget* parent) : PanelFrame(QStringLiteral("Backlog"), parent) {
    setCaption(QStringLiteral("running liquidations, ten minutes"));
    m_chart = new widgets::ChartView(this);
    setContent(m_chart);
}

void BacklogPanel::refresh(const view::QueueReport& report, const BoardAge& age) {
    age.applyTo(*this);
    setFoot({Run::body(backlogText(report.queue))});
    if (!report.snapshot->flow) return;
    const view::Series& running = report.snapshot->flow->running;
    if (running.last == m_charted && m_charted != Instant()) return;
    m_charted = running.last;
    widgets::ChartData chart;
    chart.title = QStringLiteral("Running liquidations");
    widgets::ChartSeries line;
    const std::size_t count = running.values.size();
    double top = 0;
    for (std::size_t i = count > kTenMinutes ? count - kTenMinutes : 0; i < count; ++i) {
        const auto back = static_cast<qint64>(count - 1 - i);
        line.points.append(
            {static_cast<double>(millis(running.last) - back * 1'000), running.values[i]});
        top = std::max(top, running.values[i]);
    }
    // The alarm asks for this many while more begin than end.
    line.pastLimit = priorityOf(view::recordOf(view::AlarmKind::BacklogGrowing).priority);
    chart.series = {line};
    chart.limit = static_cast<double>(view::AlarmBoard::kBacklogOn);
    chart.limitText =
        QStringLiteral("alarm from %1, while it grows").arg(view::AlarmBoard::kBacklogOn);
    chart.yMinimum = 0;
    chart.yMaximum = std::max(top, *chart.limit) * 1.15;
    m_chart->setData(chart);
}

}  // namespace breakwater::ui
