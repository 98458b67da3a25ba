#include "ui/screens/queue_strip.hpp"

#include <algorithm>
#include <cmath>

#include <QHBoxLayout>

#include "ui/make_data.hpp"
#include "ui/models/queue_model.hpp"
#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::FigureData;
using widgets::Priority;

constexpr std::size_t kSparkSeconds = 600;

QString count(double value) { return widgets::formatCount(static_cast<std::int64_t>(value)); }

QString minutesText(double minutes) {
    return minutes < 1 ? QStringLiteral("under 1 min")
                       : QStringLiteral("%1 min").arg(count(std::ceil(minutes)));
}

// The last ten minutes of a per-minute count, or of a level.
QList<double> lastTen(const view::Series& series, bool perMinuteCount) {
    QList<double> out;
    if (perMinuteCount) {
        for (const QPointF& point : perMinute(series, 10))
            out.append(point.y());
    } else {
        for (std::size_t i = 0; i < series.values.size(); i += 10)
            out.append(series.values[series.values.size() - 1 - i]);
        std::reverse(out.begin(), out.end());
    }
    const qsizetype most = kSparkSeconds / 10;
    return out.size() > most ? out.last(most) : out;
}

}  // namespace

QString backlogShort(const view::QueueView& queue) {
    const double net = std::abs(queue.arriving - queue.cleared);
    switch (queue.trend) {
        case view::BacklogTrend::Empty: return QStringLiteral("nothing runs");
        case view::BacklogTrend::Growing: return QStringLiteral("grows %1/min").arg(count(net));
        case view::BacklogTrend::Steady: return QStringLiteral("steady");
        case view::BacklogTrend::Shrinking:
            return QStringLiteral("clears in %1")
                .arg(minutesText(queue.minutesToClear.value_or(0)));
    }
    return {};
}

QString backlogText(const view::QueueView& queue) {
    const QString words = backlogShort(queue);
    const bool never =
        queue.trend == view::BacklogTrend::Growing || queue.trend == view::BacklogTrend::Steady;
    return never ? words + QStringLiteral(", does not clear at this rate") : words;
}

Priority backlogPriority(const view::Snapshot& snapshot) {
    const view::Alarm* alarm = openAlarm(snapshot, view::AlarmKind::BacklogGrowing, std::nullopt);
    return alarm != nullptr && alarm->state != view::AlarmState::ReturnedUnacknowledged
               ? priorityOf(alarm->priority)
               : Priority::None;
}

QueueStrip::QueueStrip(QWidget* parent) : PanelFrame(QStringLiteral("Flow"), parent) {
    setCaption(QStringLiteral("last venue minute; lines: ten minutes"));
    auto* body = new QWidget(this);
    auto* row = new QHBoxLayout(body);
    row->setContentsMargins(0, 0, 0, 0);
    for (int place = 0; place < kPlaces; ++place) {
        auto* view = new widgets::FigureView(widgets::FontRole::Hero, body);
        m_figures[static_cast<std::size_t>(place)] = view;
        row->addWidget(view, 3);
        if (place > Backlog) continue;
        auto* spark = new widgets::Sparkline(body);
        m_sparks[static_cast<std::size_t>(place)] = spark;
        followTheme(*spark, [spark] {
            spark->setMaximumWidth(widgets::Theme::current().px(104));
            spark->setMinimumWidth(widgets::Theme::current().px(40));
        });
        row->addWidget(spark, 2);
    }
    followTheme(*this, [row] { row->setSpacing(widgets::Theme::current().px(16)); });
    setContent(body);
}

void QueueStrip::refreshFigures(const view::QueueReport& report) {
    const view::QueueView& queue = report.queue;
    const view::Snapshot& snapshot = *report.snapshot;
    // The alarm outlives the backlog by its episode; what is empty asks for nothing.
    const Priority growing = queue.rows.empty() ? Priority::None : backlogPriority(snapshot);
    const auto put = [&](Place place, const FigureData& shown) {
        m_figures[static_cast<std::size_t>(place)]->setData(shown);
    };
    put(Arriving, figure(QStringLiteral("Arriving /min"), count(queue.arriving), growing));
    put(Cleared, figure(QStringLiteral("Cleared /min"), count(queue.cleared)));
    FigureData backlog = figure(QStringLiteral("Backlog, ") + backlogShort(queue),
                                count(static_cast<double>(queue.rows.size())), growing);
    put(Backlog, backlog);
    FigureData stuck = figure(QStringLiteral("Stuck"), count(static_cast<double>(queue.stuck)),
                              queue.stuck > 0 ? stuckPriority() : Priority::None);
    if (queue.oldestStuck) {
        stuck.range =
            QStringLiteral("longest %1").arg(widgets::formatCountdown(millis(*queue.oldestStuck)));
    }
    put(Stuck, stuck);
    put(Underwater,
        figure(QStringLiteral("Underwater"), count(static_cast<double>(queue.underwater))));
    put(Shortfall, figure(QStringLiteral("Shortfall est. $, at least"),
                          widgets::formatShort(queue.shortfall)));
    if (snapshot.queue != nullptr) {
        const view::QueueTotals& totals = snapshot.queue->totals;
        const QString since = totals.whole ? QStringLiteral("session")
                                           : QStringLiteral("since ") + clockText(totals.since);
        put(Closed, figure(QStringLiteral("Closed $, ") + since,
                           widgets::formatShort(totals.closed.toDouble())));
    }
}

void QueueStrip::refreshSparks(const view::Snapshot& snapshot) {
    if (!snapshot.flow) return;
    const std::array<QList<double>, 3> points{lastTen(snapshot.flow->started, true),
                                              lastTen(snapshot.flow->ended, true),
                                              lastTen(snapshot.flow->running, false)};
    const std::array<const char*, 3> names{"arriving in ten minutes", "cleared in ten minutes",
                                           "backlog in ten minutes"};
    for (std::size_t i = 0; i < points.size(); ++i) {
        widgets::SparklineData spark;
        spark.points = points[i];
        spark.name = QString::fromUtf8(names[i]);
        m_sparks[i]->setData(spark);
        m_sparks[i]->setVisible(points[i].size() > 2);
    }
}

void QueueStrip::refresh(const view::QueueReport& report, const BoardAge& age) {
    age.applyTo(*this);
    refreshFigures(report);
    refreshSparks(*report.snapshot);
}

}  // namespace breakwater::ui
