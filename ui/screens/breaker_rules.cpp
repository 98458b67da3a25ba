#include "ui/screens/breaker_rules.hpp"

#include <algorithm>

#include <QVBoxLayout>

#include "core/breaker/ladder.hpp"
#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

// Largest move within the window, as share of the trip, at each 15 s of the last half hour.
QVector<QPointF> shareHistory(const view::Series& mark, const MoveRule& rule) {
    QVector<QPointF> out;
    const std::size_t count = mark.values.size();
    const auto window =
        static_cast<std::size_t>(std::max<std::int64_t>(1, rule.window.wholeSeconds()));
    const double trip = rule.tripAt.toDouble();
    if (count < 2 || trip <= 0) return out;
    const std::size_t first = count > 1'800 ? count - 1'800 : 0;
    for (std::size_t i = first; i < count; ++i) {
        if ((count - 1 - i) % 15 != 0) continue;
        const std::size_t from = i >= window ? i - window : 0;
        const auto [low, high] =
            std::minmax_element(mark.values.begin() + static_cast<std::ptrdiff_t>(from),
                                mark.values.begin() + static_cast<std::ptrdiff_t>(i) + 1);
        if (*low <= 0) continue;
        const double now = mark.values[i];
        const double move = std::max(now / *low - 1, 1 - now / *high);
        out.append(
            {static_cast<double>(millis(mark.last) - static_cast<qint64>(count - 1 - i) * 1'000),
             move / trip * 100});
    }
    return out;
}

QString ruleFact(const MoveReading& reading, const MoveRule& rule) {
    return QStringLiteral("%1 of %2, %3")
        .arg(widgets::formatPercent(reading.move.toDouble(), 1),
             widgets::formatPercent(rule.tripAt.toDouble(), 1),
             widgets::formatPercent(reading.share.toDouble()));
}

}  // namespace

RulesPanel::RulesPanel(QWidget* parent) : PanelFrame(QStringLiteral("Automatic rules"), parent) {
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    m_chart = new widgets::ChartView(body);
    m_facts = new widgets::FactList(body);
    column->addWidget(m_chart, 1);
    column->addWidget(m_facts);
    setContent(body);
}

void RulesPanel::refreshChart(const view::Snapshot& snapshot, std::size_t market) {
    if (!snapshot.marketHistory || market >= snapshot.marketHistory->size()) return;
    const view::Series& mark = (*snapshot.marketHistory)[market].mark;
    if (mark.last == m_charted && market == m_market) return;
    m_charted = mark.last;
    m_market = market;
    const MoveRule& rule = snapshot.profile->moveRules.front();
    widgets::ChartData chart;
    chart.title = QStringLiteral("Move of the mark as share of %1's trip").arg(text(rule.id));
    chart.unit = QStringLiteral("%");
    chart.series = {{text(rule.id), shareHistory(mark, rule), widgets::SeriesStyle::Main,
                     priorityOf(view::recordOf(view::AlarmKind::PriceShock).priority)}};
    chart.limit = 100;
    chart.limitText = QStringLiteral("trip");
    chart.yMinimum = 0;
    chart.yMaximum = 125;
    for (const QPointF& point : chart.series.front().points) {
        chart.yMaximum = std::max(*chart.yMaximum, point.y() * 1.05);
    }
    m_chart->setData(chart);
}

void RulesPanel::refresh(const view::Snapshot& snapshot, std::size_t market) {
    const Market& m = (*snapshot.markets)[market];
    const BreakerState& breaker = (*snapshot.breakers)[market];
    const std::vector<MoveRule>& rules = snapshot.profile->moveRules;
    setCaption(QStringLiteral("%1, share of trip").arg(text(m.instrument.symbol)));
    m_chart->setVisible(!rules.empty());
    if (!rules.empty()) refreshChart(snapshot, market);
    QVector<widgets::Fact> facts;
    for (std::size_t r = 0; r < rules.size(); ++r) {
        const std::optional<MoveReading> reading = view::ruleReading(snapshot, market, r);
        const QString name =
            QStringLiteral("%1 to %2, move in %3")
                .arg(text(rules[r].id), levelCode(rules[r].level), countdownText(rules[r].window));
        facts.append(reading ? fact(name, ruleFact(*reading, rules[r]))
                             : factWithout(name, QStringLiteral("blind, does not look")));
    }
    const OracleReading oracle = oracleOf(snapshot, market);
    facts.append(fact(QStringLiteral("Sources fresh, quorum"), QStringLiteral("%1 of %2, %3")
                                                                   .arg(oracle.fresh)
                                                                   .arg(oracle.total)
                                                                   .arg(snapshot.profile->quorum)));
    if (breaker.level != BreakerLevel::Normal) {
        const Underlying& underlying = (*snapshot.underlyings)[m.instrument.underlying.value()];
        const bool met = exitConditionMet(breaker.level, *snapshot.profile, underlying);
        facts.append(fact(QStringLiteral("Exit of %1").arg(levelCode(breaker.level)),
                          met ? QStringLiteral("met") : QStringLiteral("not met, renews by itself"),
                          widgets::FontRole::Body));
    }
    m_facts->setFacts(facts);
}

}  // namespace breakwater::ui
