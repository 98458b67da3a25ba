#include "ui/screens/what_if_map.hpp"

#include <algorithm>
#include <array>

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QStackedWidget>

#include "ui/make_data.hpp"
#include "ui/screens/what_if_shocks.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr int kColumns = 21, kRows = 13;
constexpr std::array<int, 4> kSteps{100, 200, 500, 1'000};  // hundredths of a percent

struct MetricWords {
    const char* title;
    bool isMoney;
};
constexpr std::array<MetricWords, 5> kMetrics{{
    {"Accounts below maintenance", false},
    {"Accounts below zero", false},
    {"Shortfall", true},
    {"Fund pays", true},
    {"Past the fund: ADL and after", true},
}};

double valueOf(const scenario::HeatCell& cell, HeatMetric metric) {
    switch (metric) {
        case HeatMetric::BelowMaintenance: return cell.belowMaintenance;
        case HeatMetric::BelowZero: return cell.belowZero;
        case HeatMetric::Shortfall: return cell.shortfall.toDouble();
        case HeatMetric::FundPaid: return cell.fundPaid.toDouble();
        case HeatMetric::AdlAsked: return cell.adlAsked.toDouble();
    }
    return 0;
}

// What stands there without a move: up to it a cell is grey.
double normalOf(const scenario::Outcome& outcome, HeatMetric metric) {
    switch (metric) {
        case HeatMetric::BelowMaintenance: return outcome.now.accounts[2];
        case HeatMetric::BelowZero: return outcome.now.accounts[3];
        case HeatMetric::Shortfall: return outcome.now.shortfall.toDouble();
        case HeatMetric::FundPaid:
        case HeatMetric::AdlAsked: return 0;
    }
    return 0;
}

QString brief(double value, bool isMoney) {
    if (value == 0) return QStringLiteral("0");
    if (!isMoney && value < 10'000) return widgets::formatCount(static_cast<std::int64_t>(value));
    // Three digits: a cell is 36 px wide on a small screen, and the tooltip has the rest.
    double unit = value;
    while (unit >= 1'000)
        unit /= 1'000;
    return widgets::formatShort(value, unit >= 99.95 ? 0 : unit >= 9.995 ? 1 : 2);
}

// Steps around no move, shifted up where the fall would pass the limit.
std::vector<Ratio> movesOf(int step, int count) {
    int first = -step * (count / 2);
    while (first < moveOf(scenario::kLargestFall))
        first += step;
    std::vector<Ratio> out;
    for (int i = 0; i < count; ++i)
        out.push_back(ratioOf(first + step * i));
    return out;
}

std::optional<int> placeOf(const std::vector<Ratio>& moves, Ratio move) {
    const auto found = std::find(moves.begin(), moves.end(), move);
    if (found == moves.end()) return std::nullopt;
    return static_cast<int>(found - moves.begin());
}

}  // namespace

WhatIfMap::WhatIfMap(QWidget* parent) : PanelFrame(QStringLiteral("Heat map"), parent) { build(); }

void WhatIfMap::build() {
    setKey(QKeySequence(QStringLiteral("H")));
    m_pages = new QStackedWidget(this);
    m_heat = new widgets::HeatMap(m_pages);
    auto* nothing = new widgets::EmptyState(m_pages);
    nothing->setData(nothingHere(QStringLiteral("A heat map needs two underlyings"),
                                 QStringLiteral("This venue lists fewer than two.")));
    m_pages->addWidget(m_heat);
    m_pages->addWidget(nothing);
    setContent(m_pages);

    auto* aside = new QWidget(this);
    auto* row = new QHBoxLayout(aside);
    row->setContentsMargins(0, 0, 0, 0);
    m_metric = new widgets::PickBox(QStringLiteral("Metric of the heat map"), aside);
    for (const MetricWords& metric : kMetrics)
        m_metric->addItem(QString::fromUtf8(metric.title));
    m_metric->setCurrentIndex(int(HeatMetric::Shortfall));
    m_metric->setToolTip(QStringLiteral("What the cells show (M: the next)"));
    m_across = new widgets::PickBox(QStringLiteral("Underlying across"), aside);
    m_up = new widgets::PickBox(QStringLiteral("Underlying up"), aside);
    m_step = new widgets::PickBox(QStringLiteral("Step of the axes"), aside);
    for (const int step : kSteps)
        m_step->addItem(QStringLiteral("%1% a cell").arg(step / 100));
    m_step->setCurrentIndex(2);
    for (widgets::PickBox* box : {m_metric, m_across, m_up, m_step})
        row->addWidget(box);
    setAsideWidget(aside);

    connect(m_metric, &QComboBox::currentIndexChanged, this, &WhatIfMap::repaintMap);
    connect(m_step, &QComboBox::currentIndexChanged, this, &WhatIfMap::requestChanged);
    connect(m_across, &QComboBox::currentIndexChanged, this, [this] { onAxis(*m_across, *m_up); });
    connect(m_up, &QComboBox::currentIndexChanged, this, [this] { onAxis(*m_up, *m_across); });
    connect(m_heat, &widgets::HeatMap::cellActivated, this, [this](int column, int line) {
        if (m_map)
            emit cellActivated(scenario::shockAt(m_map->request, static_cast<std::size_t>(column),
                                                 static_cast<std::size_t>(line)));
    });
}

void WhatIfMap::fill(widgets::PickBox& box, std::size_t chosen) {
    const QSignalBlocker quiet(box);
    box.clear();
    for (const Underlying& underlying : *m_snapshot->underlyings)
        box.addItem(text(underlying.symbol));
    box.setCurrentIndex(static_cast<int>(std::min(chosen, m_snapshot->underlyings->size() - 1)));
    box.updateGeometry();
}

void WhatIfMap::setSnapshot(const std::shared_ptr<const view::Snapshot>& snapshot) {
    m_snapshot = snapshot;
    const auto count = static_cast<int>(snapshot->underlyings->size());
    m_pages->setCurrentIndex(count >= 2 ? 0 : 1);
    if (count == 0 || count == m_across->count()) return;
    // The deeper a market, the earlier it is listed; ETH against BTC is the usual question.
    fill(*m_across, m_wantedAcross);
    fill(*m_up, m_wantedUp == m_wantedAcross ? m_wantedAcross + 1 : m_wantedUp);
}

// One underlying cannot be on both axes: they change places.
void WhatIfMap::onAxis(widgets::PickBox& changed, widgets::PickBox& other) {
    if (changed.currentIndex() == other.currentIndex()) {
        const QSignalBlocker quiet(other);
        const UnderlyingId before = m_map ? (&changed == m_across ? m_map->request.across.underlying
                                                                  : m_map->request.up.underlying)
                                          : UnderlyingId(changed.currentIndex() == 0 ? 1 : 0);
        other.setCurrentIndex(before.value() == changed.currentIndex()
                                  ? (changed.currentIndex() + 1) % changed.count()
                                  : before.value());
    }
    emit requestChanged();
}

void WhatIfMap::setAcross(std::size_t underlying) {
    if (static_cast<int>(underlying) < m_across->count())
        m_across->setCurrentIndex(static_cast<int>(underlying));
}

std::optional<scenario::HeatRequest> WhatIfMap::request(const scenario::Shock& shock) const {
    if (m_across->count() < 2 || m_across->currentIndex() < 0 || m_up->currentIndex() < 0)
        return std::nullopt;
    const int step = kSteps[static_cast<std::size_t>(m_step->currentIndex())];
    const auto a = static_cast<std::uint16_t>(m_across->currentIndex());
    const auto b = static_cast<std::uint16_t>(m_up->currentIndex());
    if (a == b) return std::nullopt;
    scenario::HeatRequest out{
        {UnderlyingId(a), movesOf(step, kColumns)}, {UnderlyingId(b), movesOf(step, kRows)}, shock};
    // The sliders of the axes move a mark on the map, not the map.
    for (const std::uint16_t u : {a, b}) {
        if (u < out.others.moves.size()) out.others.moves[u] = Ratio();
    }
    return out;
}

HeatMetric WhatIfMap::metric() const { return static_cast<HeatMetric>(m_metric->currentIndex()); }

void WhatIfMap::nextMetric() {
    m_metric->setCurrentIndex((m_metric->currentIndex() + 1) % m_metric->count());
}

QString WhatIfMap::axisName(UnderlyingId underlying) const {
    return text((*m_snapshot->underlyings)[underlying.value()].symbol);
}

void WhatIfMap::show(const std::shared_ptr<const scenario::HeatMap>& map, double millis) {
    m_map = map;
    setCaption(QStringLiteral("first round, exact, %1 cells in %2 ms")
                   .arg(map->cells.size())
                   .arg(widgets::formatExact(millis, millis < 10 ? 1 : 0)));
    repaintMap();
}

void WhatIfMap::setOutcome(const scenario::Outcome& outcome) {
    m_outcome = outcome;
    repaintMap();
}

void WhatIfMap::setStale(const QString& age) {
    if (age == m_staleAge) return;
    m_staleAge = age;
    setAge(age, age.isEmpty() ? widgets::Freshness::Fresh : widgets::Freshness::Stale);
    repaintMap();
}

void WhatIfMap::repaintMap() {
    if (!m_map || !m_snapshot) return;
    const scenario::HeatRequest& request = m_map->request;
    if (request.across.underlying.value() >= m_snapshot->underlyings->size() ||
        request.up.underlying.value() >= m_snapshot->underlyings->size())
        return;
    const MetricWords& words = kMetrics[static_cast<std::size_t>(metric())];
    widgets::HeatMapData heat;
    heat.acrossName = axisName(request.across.underlying);
    heat.upName = axisName(request.up.underlying);
    heat.title = QStringLiteral("%1 by %2 and %3")
                     .arg(QString::fromUtf8(words.title), heat.acrossName, heat.upName);
    for (const Ratio move : request.across.moves)
        heat.across << widgets::moveText(moveOf(move));
    for (const Ratio move : request.up.moves)
        heat.up << widgets::moveText(moveOf(move));
    heat.values.reserve(static_cast<qsizetype>(m_map->cells.size()));
    for (const scenario::HeatCell& cell : m_map->cells) {
        const double value = valueOf(cell, metric());
        heat.values << value;
        heat.texts << brief(value, words.isMoney);
        heat.exact << (words.isMoney ? widgets::formatExact(value)
                                     : widgets::formatCount(static_cast<std::int64_t>(value)));
        heat.past << cell.adlAsked.isPositive();
        heat.worst = std::max(heat.worst, value);
    }
    heat.pastName = QStringLiteral("fund exhausted");
    heat.normal = normalOf(m_outcome, metric());
    heat.worstText = brief(heat.worst, words.isMoney);
    const auto at = [&](Ratio across, Ratio up) -> std::optional<QPoint> {
        const std::optional<int> x = placeOf(request.across.moves, across);
        const std::optional<int> y = placeOf(request.up.moves, up);
        return x && y ? std::optional(QPoint(*x, *y)) : std::nullopt;
    };
    if (request.others.isNone()) heat.now = at(Ratio(), Ratio());
    if (!m_outcome.shock.isNone())
        heat.mark = at(m_outcome.shock.of(request.across.underlying),
                       m_outcome.shock.of(request.up.underlying));
    heat.markName = QStringLiteral("your shock");
    heat.staleAge = m_staleAge;
    m_heat->setData(heat);
}

QJsonObject WhatIfMap::save() const {
    return {{QStringLiteral("metric"), m_metric->currentIndex()},
            {QStringLiteral("step"), m_step->currentIndex()},
            {QStringLiteral("across"), m_across->currentIndex()},
            {QStringLiteral("up"), m_up->currentIndex()}};
}

void WhatIfMap::restore(const QJsonObject& saved) {
    const auto take = [&](widgets::PickBox& box, const char* key) {
        const int index = saved.value(QLatin1String(key)).toInt(-1);
        if (index >= 0 && index < box.count()) box.setCurrentIndex(index);
    };
    take(*m_metric, "metric");
    take(*m_step, "step");
    // The underlyings are known with the first photograph.
    m_wantedAcross =
        static_cast<std::size_t>(std::max(0, saved.value(QLatin1String("across")).toInt(0)));
    m_wantedUp = static_cast<std::size_t>(std::max(0, saved.value(QLatin1String("up")).toInt(1)));
    take(*m_across, "across");
    take(*m_up, "up");
}

}  // namespace breakwater::ui
