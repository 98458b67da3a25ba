#include <cmath>

#include <QHBoxLayout>
#include <QVBoxLayout>

#include "gallery.hpp"
#include "sample_models.hpp"
#include "widgets/badge.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/data_table.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/format.hpp"
#include "widgets/heat_map.hpp"
#include "widgets/histogram_strip.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/lanes.hpp"
#include "widgets/layer_bar.hpp"
#include "widgets/level_boxes.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/shock_slider.hpp"
#include "widgets/sparkline.hpp"

using namespace breakwater::widgets;

namespace gallery {
namespace {

std::unique_ptr<PanelFrame> panel(const char* title, const char* caption, QWidget* content,
                                  PanelPadding padding = PanelPadding::Normal) {
    auto frame = std::make_unique<PanelFrame>(QString::fromUtf8(title));
    frame->setCaption(QString::fromUtf8(caption));
    frame->setContent(content, padding);
    return frame;
}

std::unique_ptr<QWidget> distance() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto* top = new QHBoxLayout;
    auto* hero = new FigureView(FontRole::Hero);
    hero->setData({QStringLiteral("First ADL dollar at"),
                   QStringLiteral("ETH −19.4%"),
                   QStringLiteral("10 Oct 2025 ×1.1"),
                   {},
                   Priority::None,
                   {},
                   {}});
    auto* spark = new Sparkline;
    SparklineData line;
    for (int i = 0; i < 80; ++i)
        line.points << -i * 0.1 + std::sin(i * 0.4);
    line.limit = -5;
    line.endPriority = Priority::P2;
    line.name = QStringLiteral("last hour");
    spark->setData(line);
    top->addWidget(hero, 1);
    top->addWidget(spark);
    auto* bar = new KpiBar(KpiLayout::BarOnly);
    KpiBarData kpi;
    kpi.value = 19.4;
    kpi.maximum = 40;
    kpi.limit = 15;
    kpi.side = LimitSide::Above;
    kpi.limitPriority = Priority::P2;
    kpi.bandLow = 25;
    kpi.bandHigh = 40;
    kpi.target = 19.4;
    kpi.markerText = QStringLiteral("−19.4%");
    kpi.labels = {{0, QStringLiteral("0")},
                  {15, QStringLiteral("limit −15%")},
                  {33, QStringLiteral("normal −25 to −40%")}};
    kpi.name = QStringLiteral("distance to ADL");
    bar->setData(kpi);
    auto* facts = new FactList;
    facts->setFacts({{QStringLiteral("Driver"),
                      QStringLiteral("cluster C17, 104 accounts"),
                      FontRole::Body,
                      {},
                      Priority::None,
                      {},
                      {}},
                     {QStringLiteral("Share of the loss"),
                      QStringLiteral("31%"),
                      FontRole::MonoBody,
                      {},
                      Priority::None,
                      {},
                      {}},
                     {QStringLiteral("Limit reached in"),
                      QStringLiteral("6 min"),
                      FontRole::MonoBody,
                      QStringLiteral("(4 to 11)"),
                      Priority::P2,
                      {},
                      {}},
                     {QStringLiteral("Depth"),
                      QStringLiteral("3.2M"),
                      FontRole::MonoBody,
                      {},
                      Priority::None,
                      QStringLiteral("12s old"),
                      {}},
                     {QStringLiteral("Basis"),
                      {},
                      FontRole::MonoBody,
                      {},
                      Priority::None,
                      {},
                      QStringLiteral("no data")}});
    column->addLayout(top);
    column->addWidget(bar);
    column->addWidget(facts);
    column->addStretch(1);
    auto frame = panel("Distance to ADL", "first dollar of ADL, first round", content);
    frame->setAge(QStringLiteral("0.3 s"));
    frame->setKey(QKeySequence(Qt::Key_1));
    return frame;
}

std::unique_ptr<QWidget> nextDollar() {
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto* bar = new LayerBar;
    LayerBarData layers;
    layers.name = QStringLiteral("next dollar");
    layers.segments = {
        {QStringLiteral("margin used"), {}, 0.92, LayerFill::Total},
        {QStringLiteral("margin"), QStringLiteral("1.92M"), 1, LayerFill::Filled},
        {QStringLiteral("backstop"), QStringLiteral("3.10M"), 3.1, LayerFill::Filled},
        {QStringLiteral("fund after haircut"), QStringLiteral("36.2M"), 36.2, LayerFill::Filled},
        {QStringLiteral("pool"), QStringLiteral("12.0M"), 12, LayerFill::Outline},
        {QStringLiteral("ADL"), {}, 5, LayerFill::Hatched}};
    layers.marker = 0.92;
    layers.markerText = QStringLiteral("0.92M of this margin used; the next dollar is taken here");
    layers.leftText = QStringLiteral("margin 1.92M, backstop 3.10M");
    layers.rightText = QStringLiteral("ADL");
    bar->setData(layers);
    auto* row = new QHBoxLayout;
    const double covers[] = {1.8, 1.2, 0.7};
    for (int i = 0; i < 3; ++i) {
        auto* cover = new KpiBar;
        KpiBarData kpi;
        kpi.name = QStringLiteral("Cover %1").arg(i == 2 ? 5 : i + 1);
        kpi.text = QString::number(covers[i]) + QChar(0x00D7);
        kpi.value = covers[i];
        kpi.maximum = 2.5;
        kpi.limit = 1;
        kpi.bandLow = 1.5;
        kpi.bandHigh = 2.5;
        kpi.side = LimitSide::Below;
        kpi.limitPriority = Priority::P2;
        kpi.labels = {{1, QStringLiteral("limit 1.0")}};
        cover->setData(kpi);
        row->addWidget(cover);
    }
    column->addWidget(bar);
    column->addLayout(row);
    column->addStretch(1);
    auto frame = panel("Next dollar", "who pays next, ETH-PERP worst", content);
    frame->setAge(QStringLiteral("12 s old"), Freshness::Stale);
    frame->setKey(QKeySequence(Qt::Key_4));
    frame->setFoot({Run::caption(QStringLiteral("Exit fill, 60 s:")),
                    Run::figure(QStringLiteral("sell 84%")),
                    Run::figure(QStringLiteral("buy 12%"), Priority::P1)});
    return frame;
}

std::unique_ptr<QWidget> markets() {
    auto* table = new DataTable(QStringLiteral("markets"));
    table->setModel(new MarketsModel(table));
    table->setColumnWidths({150, 190, 96, 90, 110, 110, 90, 130, 200});
    table->setStretchColumn(8);
    table->setRowHeight(28);
    table->setSortShown(1, Qt::DescendingOrder);
    table->selectRowQuietly(0);
    auto frame = panel("Markets", "sorted by dollars at risk", table, PanelPadding::None);
    frame->setAside({Run::caption(QStringLiteral("order held while selected")),
                     Run::key(QKeySequence(Qt::Key_Return)),
                     Run::caption(QStringLiteral("accounts"))});
    return frame;
}

HistogramData health(bool axis) {
    HistogramData data;
    data.title = QStringLiteral("accounts per 0.05 of health");
    data.first = 0.8;
    data.step = 0.05;
    for (int i = 0; i < 36; ++i)
        data.counts << 836 * std::exp(-std::pow((i - 14) / 10.0, 2));
    data.zones = {{0.8, 1.0, Priority::P1}, {1.0, 1.1, Priority::P2}};
    data.limit = 1.0;
    data.limitText = QStringLiteral("maintenance 1.00");
    data.overflowText = QStringLiteral("1,780 above 2.60");
    data.verticalAxis = axis;
    if (!axis) data.filterHigh = 1.6;
    return data;
}

std::unique_ptr<QWidget> histogram(bool axis) {
    auto* strip = new HistogramStrip;
    strip->setData(health(axis));
    return panel("Account health", "all 20,000, equity ÷ maintenance", strip);
}

std::unique_ptr<QWidget> chart(ChartKind kind, bool table) {
    auto* view = new ChartView;
    ChartData data;
    data.title = QStringLiteral("liquidation flow");
    data.kind = kind;
    ChartSeries arriving{QStringLiteral("arriving"), {}, SeriesStyle::Main, Priority::P2};
    ChartSeries cleared{QStringLiteral("cleared"), {}, SeriesStyle::Compared, Priority::None};
    for (int i = 0; i < 200; ++i) {
        const double x = 1760130120000.0 + i * 5000;
        arriving.points << QPointF(x, 60 + i * 0.8 + std::sin(i * 0.3) * 12);
        cleared.points << QPointF(x, 60 + i * 0.68 + std::sin(i * 0.3) * 9);
    }
    data.series = {arriving};
    if (kind == ChartKind::Lines) data.series << cleared;
    data.limit = 180;
    data.limitText = QStringLiteral("limit 180");
    data.bandLow = 40;
    data.bandHigh = 90;
    data.bandText = QStringLiteral("normal 40 to 90");
    view->setData(data);
    if (table) view->setTableShown(true);
    return panel("Liquidation flow", "per minute", view);
}

std::unique_ptr<QWidget> recordLanes(LanesMode mode, bool table) {
    auto* lanes = new Lanes;
    const LanesData data = sampleLanes();
    lanes->setData(data);
    lanes->setMode(mode);
    lanes->setCursorAt(mode == LanesMode::Past ? data.from + 760'000 : data.to);
    lanes->setReadings(
        {{QStringLiteral("3,787.20"), QStringLiteral("low 3,400 at 21:18:36Z"), {}},
         {QStringLiteral("412M"), {}, {}},
         {QStringLiteral("214/min"), QStringLiteral("peak 512/min at 21:13:04Z"), {}},
         {QStringLiteral("2 on"), {}, {}},
         {QStringLiteral("3 in 10 min"), {}, {}}});
    if (mode == LanesMode::Live) lanes->setSelection(TimeRange{data.from + 6e5, data.from + 66e4});
    lanes->setTableShown(table);
    return panel("Record", "2025-10-10", lanes, PanelPadding::None);
}

std::unique_ptr<QWidget> heatMap(bool table) {
    auto* map = new HeatMap;
    HeatMapData data;
    data.title = QStringLiteral("Shortfall by ETH and BTC");
    data.acrossName = QStringLiteral("ETH");
    data.upName = QStringLiteral("BTC");
    for (int i = -10; i <= 10; ++i)
        data.across << formatPercent(i * 0.05, 0, Sign::Always);
    for (int j = -6; j <= 6; ++j)
        data.up << formatPercent(j * 0.05, 0, Sign::Always);
    for (int j = -6; j <= 6; ++j) {
        for (int i = -10; i <= 10; ++i) {
            const double loss = std::max(0.0, i * i * 0.9 + j * j * 0.7 - i * 4.0 - 6);
            data.values << loss;
            data.texts << formatShort(loss * 1e6, 1);
            data.exact << formatExact(loss * 1e6);
            data.past << (loss > 36);
            data.worst = std::max(data.worst, loss);
        }
    }
    data.worstText = formatShort(data.worst * 1e6, 1);
    data.pastName = QStringLiteral("fund exhausted");
    data.now = QPoint(10, 6);
    data.mark = QPoint(6, 5);
    data.markName = QStringLiteral("your shock");
    map->setData(data);
    if (table) map->setTableShown(true);
    return panel("Heat map", "first round", map);
}

std::unique_ptr<QWidget> shock() {
    auto slider = std::make_unique<ShockSlider>(QStringLiteral("ETH"), -9'000, 30'000);
    slider->setMove(-2'000);
    return slider;
}

}  // namespace

std::vector<Piece> panels() {
    std::vector<Piece> pieces;
    pieces.push_back({QStringLiteral("distance"), distance(), {490, 310}});
    pieces.push_back({QStringLiteral("next_dollar"), nextDollar(), {490, 240}});
    pieces.push_back({QStringLiteral("markets"), markets(), {1240, 290}});
    pieces.push_back({QStringLiteral("histogram"), histogram(true), {600, 240}});
    pieces.push_back({QStringLiteral("histogram_strip"), histogram(false), {900, 140}});
    pieces.push_back({QStringLiteral("chart"), chart(ChartKind::Lines, false), {440, 220}});
    pieces.push_back({QStringLiteral("chart_bars"), chart(ChartKind::Bars, false), {440, 220}});
    pieces.push_back({QStringLiteral("chart_table"), chart(ChartKind::Lines, true), {440, 220}});
    pieces.push_back({QStringLiteral("lanes"), recordLanes(LanesMode::Live, false), {1240, 380}});
    pieces.push_back(
        {QStringLiteral("lanes_past"), recordLanes(LanesMode::Past, false), {1240, 380}});
    pieces.push_back(
        {QStringLiteral("lanes_table"), recordLanes(LanesMode::Live, true), {900, 300}});
    pieces.push_back({QStringLiteral("heat_map"), heatMap(false), {1000, 380}});
    pieces.push_back({QStringLiteral("heat_map_table"), heatMap(true), {600, 380}});
    pieces.push_back({QStringLiteral("shock_slider"), shock(), {300, 28}});
    auto badge = std::make_unique<StateBadge>();
    badge->setData({Priority::P1, QStringLiteral("BELOW")});
    pieces.push_back({QStringLiteral("state_badge"), std::move(badge), {90, 20}});
    auto boxes = std::make_unique<LevelBoxes>();
    boxes->setData({2, 5, QStringLiteral("2/5"), Priority::P2, -1, RowState::Plain});
    pieces.push_back({QStringLiteral("level_boxes"), std::move(boxes), {130, 20}});
    return pieces;
}

}  // namespace gallery
