#include "ui/frame_data.hpp"

#include <algorithm>

#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::DataItem;
using widgets::Priority;
using widgets::Run;

constexpr Sequence kBehind = 50'000;  // inputs the disk may lag before it is worth a word

DataItem oracleItem(const view::Snapshot& snapshot) {
    DataItem item = dataItem(QStringLiteral("oracle"), {});
    const std::optional<std::size_t> worst = worstOracle(snapshot);
    const OracleReading reading = oracleOf(snapshot, worst.value_or(0));
    item.value = QStringLiteral("%1 of %2").arg(reading.fresh).arg(reading.total);
    if (!worst) {
        item.detail = QStringLiteral("all sources fresh on every market");
        return item;
    }
    const QString code = text((*snapshot.markets)[*worst].instrument.code);
    const view::AlarmKind kind =
        reading.blind ? view::AlarmKind::IndexBlind : view::AlarmKind::OracleLate;
    item.priority = priorityOf(view::recordOf(kind).priority);
    item.staleText = QStringLiteral("%1 %2").arg(reading.lateName, code);
    if (reading.lateAge) {
        item.staleText += QLatin1Char(' ') + widgets::formatStaleAge(millis(*reading.lateAge));
    }
    if (reading.blind && reading.blindSince) {
        item.staleText =
            QStringLiteral("%1 blind since %2").arg(code, clockText(*reading.blindSince));
    }
    item.detail = QStringLiteral("%1: %2 of %3 sources fresh, quorum %4")
                      .arg(code)
                      .arg(reading.fresh)
                      .arg(reading.total)
                      .arg(snapshot.profile->quorum);
    return item;
}

DataItem blindItem(const view::Snapshot& snapshot) {
    DataItem item = dataItem(QStringLiteral("blind"), {});
    std::size_t count = 0;
    for (const Underlying& underlying : *snapshot.underlyings)
        count += underlying.blind ? 1U : 0U;
    item.value = count == 0 ? QStringLiteral("none") : QStringLiteral("%1 index").arg(count);
    if (count > 0) item.priority = priorityOf(view::recordOf(view::AlarmKind::IndexBlind).priority);
    item.detail = QStringLiteral("indices without quorum: %1").arg(count);
    return item;
}

DataItem recordItem(const DeskStatus& status) {
    DataItem item = dataItem(QStringLiteral("record"), {});
    if (!status.recordError.empty()) {
        item.value = QStringLiteral("stopped");
        item.priority = priorityOf(view::recordOf(view::AlarmKind::RecordStopped).priority);
        item.detail = text(status.recordError);
        return item;
    }
    if (!status.recording) {
        item.value = QStringLiteral("off");
        item.detail = QStringLiteral("nothing is recorded");
        return item;
    }
    item.value = bytesText(status.recordBytes);
    if (status.recordLimit)
        item.value += QStringLiteral(" of %1").arg(bytesText(*status.recordLimit));
    if (status.secondsToLimit) {
        item.detail =
            QStringLiteral("full in %1 at this rate")
                .arg(widgets::formatAge(static_cast<qint64>(*status.secondsToLimit * 1000)));
    }
    return item;
}

widgets::AlarmHead headOf(const view::Alarm& alarm, const view::AlarmView& alarms, Instant now) {
    widgets::AlarmHead head;
    head.priority = priorityOf(alarm.priority);
    head.count = static_cast<int>(alarms.counts[static_cast<std::size_t>(alarm.priority)]);
    head.cause = text(alarm.headline);
    head.children = text(alarm.effect);
    if (alarm.state != view::AlarmState::Acknowledged)
        head.unackedMs = millis(now - alarm.raisedAt);
    head.actWithinMs = millis(view::recordOf(alarm.kind).timeToAct);
    return head;
}

}  // namespace

QVector<double> speedChoices() { return {1, 10, 100, 1000}; }
QVector<double> playChoices() { return {1, 10, 100}; }

widgets::ModeBarData modeBarOf(const view::Board& board, const DeskStatus& status,
                               const QString& officer, widgets::Mode mode,
                               const std::optional<PastStatus>& past) {
    widgets::ModeBarData data;
    data.officer = officer;
    data.officerRole = QStringLiteral("single officer");
    data.venue = QStringLiteral("embedded");
    if (board.snapshot) {
        data.instantMs = millis(board.snapshot->asOf);
        if (!board.snapshot->venue.empty()) data.venue = text(board.snapshot->venue);
        if (!board.snapshot->scenario.empty())
            data.venue += QStringLiteral(" · ") + text(board.snapshot->scenario);
    }
    widgets::SpeedControl speed;
    speed.factor = status.chosenSpeed;
    speed.paused = status.paused;
    speed.choices = speedChoices();
    data.speed = speed;
    data.mode = mode;
    if (past) {
        data.modeDetail = clockText(past->time);
        data.opened = text(past->path).section(QLatin1Char('/'), -1);
        data.speed->choices = playChoices();
        data.speed->what = QStringLiteral("Play the record");
    }
    return data;
}

widgets::AlarmStripData alarmStripOf(const view::Board& board, widgets::Mode mode) {
    widgets::AlarmStripData data;
    if (mode == widgets::Mode::WhatIf) data.prefix = QStringLiteral("live alarms");
    if (mode == widgets::Mode::Past) data.prefix = QStringLiteral("recorded alarms");
    if (!board.snapshot || !board.snapshot->alarms) return data;
    const view::AlarmView& alarms = *board.snapshot->alarms;
    data.mixP1 = static_cast<int>(alarms.counts[0]);
    data.mixP2 = static_cast<int>(alarms.counts[1]);
    data.mixP3 = static_cast<int>(alarms.counts[2]);
    data.high = data.mixP2;
    data.low = data.mixP3;
    data.in10Min = alarms.lastTenMinutes;
    data.flood = alarms.lastTenMinutes > 10;
    if (alarms.open.empty()) return data;
    const view::Alarm& worst = alarms.open.front();
    data.worst = headOf(worst, alarms, board.snapshot->asOf);
    if (worst.priority == view::AlarmPriority::P2) data.high = 0;  // the chip counts them
    if (worst.priority == view::AlarmPriority::P3) data.low = 0;
    QStringList high;
    for (const view::Alarm& alarm : alarms.open) {
        if (&alarm != &worst && alarm.priority == view::AlarmPriority::P2 && high.size() < 2) {
            high.append(text(view::recordOf(alarm.kind).title).toLower());
        }
    }
    data.highText = high.join(QStringLiteral(", "));
    return data;
}

widgets::DataStripData dataStripOf(const view::Board& board, const DeskStatus& status,
                                   const BoardAge& age) {
    widgets::DataStripData data;
    if (hasMarkets(board)) {
        const view::Snapshot& snapshot = *board.snapshot;
        data.items = {oracleItem(snapshot), blindItem(snapshot)};
    }
    data.items.append(
        dataItem(QStringLiteral("inputs"),
                 widgets::formatShort(status.inputsPerSecond) + QStringLiteral("/s")));
    data.items.append(
        dataItem(QStringLiteral("snapshot"),
                 QStringLiteral("%1 ms").arg(widgets::formatExact(status.projectMillis, 1))));
    data.items.append(recordItem(status));
    if (status.halted) {
        data.items.prepend({QStringLiteral("engine"),
                            QStringLiteral("halted"),
                            Priority::P1,
                            {},
                            text(status.haltText)});
    }
    if (!board.snapshot) return data;
    data.right = {
        Run::caption(QStringLiteral("board")),
        Run::figure(widgets::formatCount(static_cast<std::int64_t>(board.snapshot->sequence)))};
    const QString words = age.text();
    if (age.isStale()) {
        data.right.push_back(Run::stale(words));
    } else if (!words.isEmpty()) {
        data.right.push_back(Run::caption(
            age.state() == BoardAge::State::Running ? QStringLiteral("age") : QString()));
        data.right.push_back(Run::figure(words));
    }
    return data;
}

widgets::DataStripData pastStripOf(const view::Board& board, const PastStatus& past) {
    widgets::DataStripData data;
    if (hasMarkets(board)) data.items = {oracleItem(*board.snapshot), blindItem(*board.snapshot)};
    const auto percent = [](double share) {
        return QStringLiteral("%1 %").arg(static_cast<int>(share * 100));
    };
    DataItem end = dataItem(QStringLiteral("record"), past.closed ? QStringLiteral("closed")
                                                      : past.wasBeingWritten
                                                          ? QStringLiteral("being written")
                                                          : QStringLiteral("without its end"));
    end.detail = past.closed ? QStringLiteral("its session ended properly")
                 : past.wasBeingWritten
                     ? QStringLiteral(
                           "another Breakwater writes it; this is what it held when it "
                           "was opened")
                     : QStringLiteral("its writer ended without closing it");
    DataItem again = dataItem(QStringLiteral("computed again"), percent(past.surveyed));
    again.detail = QStringLiteral("inputs from the beginning whose every event is computed equal");
    if (!past.difference.empty()) {
        again.value = QStringLiteral("differs");
        again.priority = Priority::P1;
        again.detail = text(past.difference);
    }
    DataItem chain =
        dataItem(QStringLiteral("chain"), !past.verdict.empty() ? text(past.verdict)
                                          : past.verified > 0   ? percent(past.verified)
                                                                : QStringLiteral("waits"));
    chain.detail = QStringLiteral("rows held against the chain of digests");
    if (past.damaged) {
        chain.value = QStringLiteral("damaged");
        chain.priority = Priority::P1;
        chain.detail = text(past.damage);
    }
    data.items.append({end, again, chain});
    data.right = {Run::caption(QStringLiteral("input")),
                  Run::figure(widgets::formatCount(static_cast<std::int64_t>(past.sequence))),
                  Run::caption(QStringLiteral("of")),
                  Run::figure(widgets::formatCount(static_cast<std::int64_t>(past.lastSequence)))};
    return data;
}

widgets::StatusLineData statusLineOf(const view::Board& board, const DeskStatus& status,
                                     const FrameMessage& message,
                                     const std::optional<PastStatus>& past) {
    widgets::StatusLineData data;
    data.message = message.text;
    data.messagePriority = message.priority;
    data.recordPath = text(status.recordPath);
    data.record = widgets::RecordState::NotRecorded;
    if (status.halted)
        data.record = widgets::RecordState::Halted;
    else if (status.recording && status.recordError.empty())
        data.record = widgets::RecordState::Recording;
    if (status.recording) data.durableSequence = status.durable;
    data.speed = status.speed > 0 ? status.speed : status.chosenSpeed;
    data.paused = status.paused;
    if (board.snapshot) {
        const view::Snapshot& snapshot = *board.snapshot;
        if (data.record == widgets::RecordState::Recording &&
            snapshot.sequence > status.durable + kBehind) {
            data.record = widgets::RecordState::Behind;
        }
        if (snapshot.stateDigestAt > 0) {
            data.digest = text(snapshot.stateDigest.toHex());
            // The engine re-adds every cell when it makes a digest; verified means: made, and on
            // disk.
            if (status.recording) data.verified = status.durable >= snapshot.stateDigestAt;
        }
    }
    if (past) {
        data.record = widgets::RecordState::ReadOnly;
        data.digest.clear();
        data.verified.reset();
        if (past->digestAt > 0) {
            data.digest = text(past->computed.toHex());
            data.digestOf =
                QStringLiteral("at input %1")
                    .arg(widgets::formatCount(static_cast<std::int64_t>(past->digestAt)));
            if (past->recorded) data.verified = *past->recorded == past->computed;
            data.verifiedWord = QStringLiteral("equals the record");
        }
    }
    if (status.secondsToLimit && *status.secondsToLimit < 24 * 3600) {
        data.diskForecast =
            QStringLiteral("record full in %1")
                .arg(widgets::formatAge(static_cast<qint64>(*status.secondsToLimit * 1000)));
        if (*status.secondsToLimit < 3600) {
            data.diskPriority =
                priorityOf(view::recordOf(view::AlarmKind::RecordNearLimit).priority);
        }
    }
    const widgets::Appearance& look = widgets::Theme::current().appearance();
    const QString density = look.density == widgets::Density::Compact  ? QStringLiteral("Compact")
                            : look.density == widgets::Density::Normal ? QStringLiteral("Normal")
                                                                       : QStringLiteral("Touch");
    data.appearance = QStringLiteral("%1 %2%").arg(density).arg(look.zoomPercent);
    return data;
}

}  // namespace breakwater::ui
