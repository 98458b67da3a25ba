#include "ui/screens/fund_panels.hpp"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/view/alarm_board.hpp"
#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::FontRole;
using widgets::Run;

widgets::KpiBarData capitalBar(double balance, double capital) {
    widgets::KpiBarData bar;
    bar.name = QStringLiteral("Of its capital");
    bar.value = std::clamp(balance / capital, 0.0, 1.5);
    bar.maximum = std::max(1.2, bar.value);
    bar.bandLow = 0.8;
    bar.bandHigh = bar.maximum;
    bar.limit = view::AlarmBoard::kFundLowOn;
    bar.side = widgets::LimitSide::Below;
    bar.limitPriority = priorityOf(view::recordOf(view::AlarmKind::FundLow).priority);
    bar.text = widgets::formatPercent(balance / capital);
    return bar;
}

widgets::LossWaterfallData waterfallData(const view::Waterfall& waterfall, bool session) {
    widgets::LossWaterfallData data;
    data.name = session ? QStringLiteral("What the layers paid in this session")
                        : QStringLiteral("What the layers would pay now");
    data.lossCaption =
        session ? QStringLiteral("met in liquidations") : QStringLiteral("all closed now");
    data.loss = waterfall.loss;
    data.rulerFrom = static_cast<qsizetype>(view::LayerKind::Fund);
    for (const view::Layer& layer : waterfall.layers) {
        widgets::LossLayer out;
        out.name = text(layer.name);
        out.condition = text(layer.condition);
        out.isOpen = layer.isOpen;
        out.pays = layer.kind != view::LayerKind::Book;
        out.has = layer.has;
        out.paid = layer.pays;
        out.note = text(layer.note);
        data.layers.append(std::move(out));
    }
    return data;
}

}  // namespace

FundPanel::FundPanel(QWidget* parent) : PanelFrame(QStringLiteral("Insurance fund"), parent) {
    setCaption(QStringLiteral("what there is, what it is bound to"));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    m_available = new widgets::FigureView(FontRole::Hero, body);
    m_booked = new widgets::FigureView(FontRole::FigureLarge, body);
    m_committed = new widgets::FigureView(FontRole::FigureLarge, body);
    top->addWidget(m_available, 4);
    top->addWidget(m_booked, 3, Qt::AlignBottom);
    top->addWidget(m_committed, 3, Qt::AlignBottom);
    m_capital = new widgets::KpiBar(widgets::KpiLayout::Inline, body);
    m_facts = new widgets::FactList(body);
    column->addLayout(top);
    column->addSpacing(widgets::Theme::current().px(6));
    column->addWidget(m_capital);
    column->addWidget(m_facts);
    column->addStretch(1);
    setContent(body);
}

void FundPanel::refresh(const view::FundStanding& fund, const BoardAge& age) {
    age.applyTo(*this);
    m_available->setData(
        figure(QStringLiteral("Available now $"), widgets::formatShort(fund.available)));
    m_booked->setData(figure(QStringLiteral("Booked $"), widgets::formatShort(fund.booked)));
    m_committed->setData(
        figure(QStringLiteral("Committed $"), widgets::formatShort(fund.committed)));
    m_capital->setVisible(fund.capital > 0);
    if (fund.capital > 0) m_capital->setData(capitalBar(fund.booked, fund.capital));
    widgets::Fact inventory = factWithout(QStringLiteral("Inventory at exit price"),
                                          QStringLiteral("none: the fund holds cash only"));
    QVector<widgets::Fact> facts{
        inventory,
        fact(QStringLiteral("Open defaults"),
             widgets::formatCount(static_cast<std::int64_t>(fund.openDefaults))),
        fact(QStringLiteral("Capital paid in"), widgets::formatShort(fund.capital)),
        fact(QStringLiteral("Lowest of the session"), widgets::formatShort(fund.low))};
    m_facts->setFacts(facts);
}

WaterfallPanel::WaterfallPanel(QWidget* parent) : PanelFrame(QStringLiteral("Waterfall"), parent) {
    auto* chips = new QWidget(this);
    auto* row = new QHBoxLayout(chips);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::Theme::current().px(6));
    const std::array<const char*, 2> words{"Now", "Session"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        m_chips[i] = new widgets::Chip(QString::fromUtf8(words[i]), chips);
        row->addWidget(m_chips[i]);
        connect(m_chips[i], &QAbstractButton::clicked, this,
                [this, i] { choose(static_cast<WaterfallOf>(i)); });
    }
    setAsideWidget(chips);
    setKey(QKeySequence(QStringLiteral("W")));
    m_waterfall = new widgets::LossWaterfall(this);
    setContent(m_waterfall);
}

void WaterfallPanel::choose(WaterfallOf which) {
    m_which = which;
    emit changed();
}

void WaterfallPanel::refresh(const view::FundStanding& fund, const BoardAge& age) {
    age.applyTo(*this);
    const bool session = m_which == WaterfallOf::Session;
    for (std::size_t i = 0; i < m_chips.size(); ++i)
        m_chips[i]->setChecked(static_cast<std::size_t>(m_which) == i);
    if (!session) {
        setCaption(
            QStringLiteral("who would pay, in order, if every running liquidation were "
                           "closed into the book now, each alone in it"));
    } else if (fund.marginIsWhole) {
        setCaption(QStringLiteral("who paid, in order, since the session began"));
    } else {
        setCaption(QStringLiteral("who paid in this session; own margin since %1")
                       .arg(clockText(fund.marginSince)));
    }
    m_waterfall->setData(waterfallData(session ? fund.session : fund.now, session));
}

FundHistoryPanel::FundHistoryPanel(QWidget* parent)
    : PanelFrame(QStringLiteral("Fund history"), parent) {
    setCaption(QStringLiteral("booked balance, $, last hour"));
    setKey(QKeySequence(QStringLiteral("H")));
    m_chart = new widgets::ChartView(this);
    setContent(m_chart);
}

void FundHistoryPanel::refresh(const view::Snapshot& snapshot, const BoardAge& age) {
    age.applyTo(*this);
    const view::Series& history = snapshot.fund.history;
    if (history.last == m_charted && m_charted != Instant()) return;
    m_charted = history.last;
    widgets::ChartData chart;
    chart.title = QStringLiteral("Booked balance of the fund");
    widgets::ChartSeries line;
    const std::size_t count = history.values.size();
    double low = snapshot.fund.balance.toDouble(), high = low;
    for (std::size_t i = 0; i < count; ++i) {
        const auto back = static_cast<qint64>(count - 1 - i);
        line.points.append(
            {static_cast<double>(millis(history.last) - back * 1'000), history.values[i]});
        low = std::min(low, history.values[i]);
        high = std::max(high, history.values[i]);
    }
    line.pastLimit = priorityOf(view::recordOf(view::AlarmKind::FundLow).priority);
    chart.series = {line};
    const double limit = snapshot.fund.capital.toDouble() * view::AlarmBoard::kFundLowOn;
    // The alarm's limit is drawn once it comes into sight; else it would press the line flat.
    if (limit > 0 && low < limit * 1.5) {
        chart.limit = limit;
        chart.limitText = QStringLiteral("alarm: half of its capital");
        chart.limitSide = widgets::LimitSide::Below;
        chart.yMinimum = std::min(0.0, low);
    }
    if (high - low < 1e-9) chart.yMinimum = std::min(0.0, low);
    m_chart->setData(chart);
}

NextPayerPanel::NextPayerPanel(QWidget* parent)
    : PanelFrame(QStringLiteral("Next dollar"), parent) {
    setCaption(QStringLiteral("who pays it, and how far the layer after is"));
    setKey(QKeySequence(QStringLiteral("N")));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* figures = new QWidget(body);
    auto* top = new QHBoxLayout(figures);
    followTheme(*figures, [top] {
        const int pad = widgets::Theme::current().px(12);
        top->setContentsMargins(pad, widgets::Theme::current().px(10), pad,
                                widgets::Theme::current().px(6));
    });
    m_payer = new widgets::FigureView(FontRole::Figure, body);
    m_until = new widgets::FigureView(FontRole::FigureLarge, body);
    m_adlAt = new widgets::FigureView(FontRole::FigureLarge, body);
    for (widgets::FigureView* view : {m_payer, m_until, m_adlAt})
        top->addWidget(view, 1, Qt::AlignBottom);
    m_table =
        new widgets::DataTable(QStringLiteral("Markets by distance to the first ADL dollar"), body);
    m_model = new YardstickModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(YardstickModel::Newest);
    m_table->setEmptyState(nothingHere(QStringLiteral("The first scan is being made"),
                                       QStringLiteral("Distances need a pass over all accounts.")));
    column->addWidget(figures);
    column->addWidget(m_table, 1);
    setContent(body, widgets::PanelPadding::None);
    setFoot({Run::caption(QStringLiteral(
        "first round, one market at a time; yardstick: largest move in 24 h of seven recorded "
        "crashes"))});
}

void NextPayerPanel::refresh(const view::QueueReport& report, const BoardAge& age) {
    age.applyTo(*this);
    const view::FundStanding& fund = report.fund;
    m_payer->setData(figure(QStringLiteral("Paid by"), fund.booked > 0
                                                           ? QStringLiteral("insurance fund")
                                                           : QStringLiteral("winners, by ADL")));
    m_until->setData(
        figure(QStringLiteral("Until ADL, available $"), widgets::formatShort(fund.available)));
    widgets::FigureData at =
        figureWithout(QStringLiteral("First ADL dollar at"), QStringLiteral("none within ±60%"));
    if (report.scan) {
        const std::vector<AdlDistance> distances = adlDistances(*report.scan);
        if (!distances.empty()) {
            const AdlDistance& worst = distances.front();
            const Market& market = (*report.snapshot->markets)[worst.market];
            at = figure(at.caption,
                        QStringLiteral("%1 %2").arg(
                            text(market.instrument.code),
                            widgets::formatPercent(worst.move, 1, widgets::Sign::Always)));
        }
    } else {
        at.reason = QStringLiteral("first scan");
    }
    m_adlAt->setData(at);
    m_model->setBoard({report.snapshot, report.scan});
}

FlowsPanel::FlowsPanel(QWidget* parent) : PanelFrame(QStringLiteral("Flows"), parent) {
    setCaption(QStringLiteral("cash of the fund by cause, $"));
    setKey(QKeySequence(QStringLiteral("L")));
    m_table = new widgets::DataTable(QStringLiteral("Flows of the fund by cause"), this);
    m_model = new FlowsModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(FlowsModel::Cause);
    m_table->setEmptyState(
        nothingHere(QStringLiteral("Nothing has moved the fund"),
                    QStringLiteral("Capital, fees, deficits and recoveries appear here.")));
    setContent(m_table, widgets::PanelPadding::None);
}

void FlowsPanel::refresh(const view::FundStanding& fund, const BoardAge& age) {
    age.applyTo(*this);
    m_model->setFlows(fund.flows);
    if (!fund.marginIsWhole)
        setCaption(QStringLiteral("cash of the fund by cause since %1, $")
                       .arg(clockText(fund.marginSince)));
}

}  // namespace breakwater::ui
