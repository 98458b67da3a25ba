#include "ui/screens/situation_tiles.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "core/view/queue_view.hpp"
#include "ui/make_data.hpp"
#include "ui/models/yardstick_model.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/data_table.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Fact;
using widgets::FigureData;
using widgets::FontRole;
using widgets::KpiBarData;
using widgets::Run;
using widgets::Runs;
using widgets::Sign;

constexpr double kWorstMove = 0.6;  // the scan looks no further
constexpr Duration kTraceStep = Duration::seconds(30);
constexpr qsizetype kTracePoints = 120;

QString moveText(double move) { return widgets::formatPercent(move, 1, Sign::Always); }

QString symbolOf(const view::Snapshot& snapshot, std::size_t market) {
    return text((*snapshot.markets)[market].instrument.symbol);
}

KpiBarData distanceBar(double move) {
    KpiBarData bar;
    bar.maximum = kWorstMove;
    bar.value = std::min(std::abs(move), kWorstMove);
    bar.target = bar.value;
    bar.markerText = moveText(move);
    const double sign = move < 0 ? -1 : 1;
    for (const double at : {0.0, 0.2, 0.4, 0.6}) {
        bar.labels.append({at, at == 0 ? QStringLiteral("0")
                                       : widgets::formatPercent(sign * at, 0, Sign::Always)});
    }
    return bar;
}

QVector<Fact> distanceFacts(const view::Board& board, const std::vector<AdlDistance>& distances) {
    const view::Snapshot& snapshot = *board.snapshot;
    QVector<Fact> facts;
    QString others;
    for (std::size_t i = 1; i < std::min<std::size_t>(distances.size(), 3); ++i) {
        if (!others.isEmpty()) others += QStringLiteral(", ");
        others += QStringLiteral("%1 %2").arg(symbolOf(snapshot, distances[i].market),
                                              moveText(distances[i].move));
    }
    facts.append(others.isEmpty() ? factWithout(QStringLiteral("Next nearest"),
                                                QStringLiteral("no other within ±60%"))
                                  : fact(QStringLiteral("Next nearest"), others));
    const AdlDistance& worst = distances.front();
    if (worst.market < board.scan->markets.size()) {
        const view::MarketScan& scan = board.scan->markets[worst.market];
        const QString sign = worst.move < 0 ? QStringLiteral("−") : QStringLiteral("+");
        facts.append(
            fact(QStringLiteral("Below maintenance at ") + sign + QStringLiteral("5%, ") + sign +
                     QStringLiteral("10%"),
                 QStringLiteral("%1, %2").arg(widgets::formatShort(scan.belowMaintenanceAt5),
                                              widgets::formatShort(scan.belowMaintenanceAt10))));
        facts.append(fact(QStringLiteral("Clients' skew"),
                          widgets::formatPercent(scan.clientSkew, 0, Sign::Always)));
    }
    return facts;
}

}  // namespace

DistanceTile::DistanceTile(QWidget* parent)
    : PanelFrame(QStringLiteral("Distance to ADL"), parent) {
    setCaption(QStringLiteral("instant revaluation, one market at a time"));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    m_hero = new widgets::FigureView(FontRole::Hero, body);
    m_hour = new widgets::Sparkline(body);
    followTheme(*m_hour, [this] { m_hour->setFixedWidth(widgets::Theme::current().px(104)); });
    top->addWidget(m_hero, 1);
    top->addWidget(m_hour, 0, Qt::AlignBottom);
    m_bar = new widgets::KpiBar(widgets::KpiLayout::BarOnly, body);
    m_facts = new widgets::FactList(body);
    column->addLayout(top);
    column->addWidget(m_bar);
    column->addWidget(m_facts);
    column->addStretch(1);
    setContent(body);
}

void DistanceTile::showNothing(const QString& reason) {
    m_hero->setData(figureWithout(QStringLiteral("First ADL dollar at"), reason));
    m_bar->setVisible(false);
    m_hour->setVisible(false);
    m_facts->setFacts({});
}

void DistanceTile::trace(Instant now, double move) {
    if (now < m_traced) m_trace.clear();
    if (!m_trace.isEmpty() && now - m_traced < kTraceStep) return;
    m_traced = now;
    m_trace.append(std::abs(move));
    if (m_trace.size() > kTracePoints) m_trace.removeFirst();
    widgets::SparklineData spark;
    spark.points = m_trace;
    spark.name = QStringLiteral("distance to ADL while this window was open, at most an hour");
    m_hour->setData(spark);
}

void DistanceTile::refresh(const view::Board& board, const BoardAge& age) {
    age.applyTo(*this);
    if (!hasMarkets(board) || !board.scan)
        return showNothing(QStringLiteral("first scan is being made"));
    const std::vector<AdlDistance> distances = adlDistances(*board.scan);
    if (distances.empty()) return showNothing(QStringLiteral("none within ±60% in any market"));
    const AdlDistance& worst = distances.front();
    FigureData hero;
    hero.caption = QStringLiteral("First ADL dollar at");
    hero.value = QStringLiteral("%1 %2").arg(
        text((*board.snapshot->markets)[worst.market].instrument.code), moveText(worst.move));
    hero.detail = comparatorText(*board.snapshot, worst.market, worst.move);
    if (hero.detail.isEmpty()) {
        hero.detail = QStringLiteral("of %1").arg(
            distances.size() == 1 ? QStringLiteral("1 market within ±60%")
                                  : QStringLiteral("%1 markets within ±60%").arg(distances.size()));
    }
    m_hero->setData(hero);
    m_bar->setVisible(true);
    m_bar->setData(distanceBar(worst.move));
    m_facts->setFacts(distanceFacts(board, distances));
    trace(board.snapshot->asOf, worst.move);
    m_hour->setVisible(m_trace.size() > 2);
}

NextDollarTile::NextDollarTile(QWidget* parent)
    : PanelFrame(QStringLiteral("Next dollar"), parent) {
    setCaption(QStringLiteral("who pays the next dollar of a deficit"));
    setKey(QKeySequence(QStringLiteral("Ctrl+4")));
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    m_available = new widgets::FigureView(FontRole::FigureLarge, body);
    m_adlAt = new widgets::FigureView(FontRole::FigureLarge, body);
    m_paid = new widgets::FigureView(FontRole::FigureLarge, body);
    top->addWidget(m_available, 1);
    top->addWidget(m_adlAt, 1);
    top->addWidget(m_paid, 1);
    m_layers = new widgets::LayerBar(body);
    m_capital = new widgets::KpiBar(widgets::KpiLayout::Inline, body);
    m_facts = new widgets::FactList(body);
    column->addLayout(top);
    column->addWidget(m_layers);
    column->addWidget(m_capital);
    column->addWidget(m_facts);
    column->addStretch(1);
    setContent(body);
}

void NextDollarTile::refreshLayers(const view::Snapshot& snapshot) {
    const double balance = std::max(0.0, snapshot.fund.balance.toDouble());
    const double paid = snapshot.fund.paid.toDouble();
    widgets::LayerBarData layers;
    layers.name = QStringLiteral("layers in the order they pay");
    if (paid > 0) {
        layers.segments.append(
            {QStringLiteral("paid"), widgets::formatShort(paid), paid, widgets::LayerFill::Used});
    }
    layers.segments.append({QStringLiteral("fund"), widgets::formatShort(balance), balance,
                            widgets::LayerFill::Filled});
    layers.segments.append(
        {QStringLiteral("ADL"), {}, (paid + balance) * 0.12 + 1, widgets::LayerFill::Hatched});
    layers.leftText = QStringLiteral("margin of the account first");
    layers.rightText = QStringLiteral("then ADL");
    layers.marker = std::max(0.0, paid);
    layers.markerText = balance > 0 ? QStringLiteral("the next dollar is taken here")
                                    : QStringLiteral("the fund is empty: winners are closed");
    m_layers->setData(layers);
}

void NextDollarTile::refresh(const view::Board& board, const BoardAge& age) {
    age.applyTo(*this);
    if (!hasMarkets(board)) {
        m_available->setData(figureWithout(QStringLiteral("Available until ADL"),
                                           QStringLiteral("no market is listed yet")));
        return;
    }
    const view::FundView& fund = board.snapshot->fund;
    FigureData adl = figureWithout(QStringLiteral("ADL at"), QStringLiteral("first scan"));
    if (board.scan) {
        const std::vector<AdlDistance> distances = adlDistances(*board.scan);
        adl.reason = QStringLiteral("none in ±60%");
        if (!distances.empty()) {
            const std::string& code =
                (*board.snapshot->markets)[distances.front().market].instrument.code;
            adl = figure(QStringLiteral("ADL at %1").arg(text(code)),
                         moveText(distances.front().move));
        }
    }
    const double available =
        std::max(0.0, fund.balance.toDouble() - view::committedNow(*board.snapshot));
    m_available->setData(
        figure(QStringLiteral("Available until ADL"), widgets::formatShort(available)));
    m_adlAt->setData(adl);
    m_paid->setData(
        figure(QStringLiteral("Fund paid, session"), widgets::formatShort(fund.paid.toDouble())));
    refreshLayers(*board.snapshot);
    const double capital = fund.capital.toDouble();
    m_capital->setVisible(capital > 0);
    if (capital > 0) {
        KpiBarData bar;
        bar.name = QStringLiteral("Of its capital");
        bar.value = std::clamp(fund.balance.toDouble() / capital, 0.0, 1.5);
        bar.maximum = std::max(1.2, bar.value);
        bar.bandLow = 0.8;
        bar.bandHigh = bar.maximum;
        bar.limit = 0.5;  // the fund alarm's own limit
        bar.side = widgets::LimitSide::Below;
        bar.limitPriority = priorityOf(view::recordOf(view::AlarmKind::FundLow).priority);
        bar.text = widgets::formatPercent(bar.value);
        m_capital->setData(bar);
    }
    m_facts->setFacts(
        {fact(QStringLiteral("Received, lowest"),
              QStringLiteral("%1, %2").arg(widgets::formatShort(fund.received.toDouble()),
                                           widgets::formatShort(fund.low.toDouble())))});
}

BreakersTile::BreakersTile(QWidget* parent) : PanelFrame(QStringLiteral("Breakers"), parent) {
    setKey(QKeySequence(QStringLiteral("Ctrl+5")));
    m_table = new widgets::DataTable(QStringLiteral("Breakers by market"), this);
    m_model = new BreakersModel(m_table);
    m_table->setModel(m_model);
    using Column = BreakersModel::Column;
    for (const int hidden :
         {Column::SetBy, Column::Since, Column::Ends, Column::Effect, Column::Rule}) {
        m_table->setColumnHidden(hidden, true);
    }
    QVector<int> widths = m_model->widths();
    widths[Column::Name] = 94;
    widths[Column::State] = 106;
    widths[Column::Summary] = 90;
    m_table->setColumnWidths(widths);
    m_table->setStretchColumn(Column::Summary);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const auto market = m_model->marketAt(row)) emit marketActivated(market->value());
    });
    setContent(m_table, widgets::PanelPadding::None);
}

void BreakersTile::resizeEvent(QResizeEvent* event) {
    PanelFrame::resizeEvent(event);
    // Where it is narrow the words before the countdown go first.
    const bool narrow = width() < widgets::Theme::current().px(460);
    if (m_table->isColumnHidden(BreakersModel::Summary) == narrow) return;
    m_table->setColumnHidden(BreakersModel::Summary, narrow);
    m_table->setStretchColumn(narrow ? BreakersModel::State : BreakersModel::Summary);
}

void BreakersTile::refresh(const view::Board& board, const BoardAge& age) {
    age.applyTo(*this);
    m_model->setBoard(
        board, holdsOrder(*m_table) ? BreakersModel::Order::Held : BreakersModel::Order::Follow);
    if (!hasMarkets(board)) return;
    const view::Snapshot& snapshot = *board.snapshot;
    setCaption(QStringLiteral("%1 on, %2 markets")
                   .arg(breakersOn(snapshot))
                   .arg(snapshot.markets->size()));
    const ExitRatio exits = exitRatioOf(snapshot);
    const auto figure = [](const std::optional<double>& ratio) {
        return ratio ? Run::figure(widgets::formatPercent(*ratio))
                     : Run::caption(QStringLiteral("nobody asked"));
    };
    Runs foot{Run::caption(QStringLiteral("Exit fill, 60 s")), Run::body(QStringLiteral("sell")),
              figure(exits.sell), Run::body(QStringLiteral("buy")), figure(exits.buy)};
    if (snapshot.withdrawals && !snapshot.withdrawals->empty()) {
        foot.push_back(Run::body(QStringLiteral("withdrawals queued")).after(14));
        foot.push_back(Run::figure(
            widgets::formatCount(static_cast<std::int64_t>(snapshot.withdrawals->size()))));
    }
    setFoot(foot);
}

}  // namespace breakwater::ui
