#include "gallery.hpp"
#include "widgets/alarm_strip.hpp"
#include "widgets/data_strip.hpp"
#include "widgets/mode_bar.hpp"
#include "widgets/mode_frame.hpp"
#include "widgets/nav_rail.hpp"
#include "widgets/status_line.hpp"

using namespace breakwater::widgets;

namespace gallery {
namespace {

constexpr qint64 instant = 1760131087456;

template <typename W, typename D>
Piece piece(const QString& name, const D& data, const QSize& size) {
    auto widget = std::make_unique<W>();
    widget->setData(data);
    return {name, std::move(widget), size};
}

ModeBarData modeData(Mode mode) {
    ModeBarData data;
    data.mode = mode;
    data.modeDetail = mode == Mode::Past ? QStringLiteral("21:10:00Z") : QString();
    data.instantMs = instant;
    data.venue = QStringLiteral("embedded · Deribit profile");
    data.officer = QStringLiteral("officer-1");
    data.officerRole = QStringLiteral("senior");
    data.second = QStringLiteral("officer-2, 40 s idle");
    data.shift = QStringLiteral("shift ends 22:00Z");
    return data;
}

AlarmStripData alarms(qint64 unacked) {
    AlarmStripData data;
    data.worst = AlarmHead{Priority::P1,
                           1,
                           QStringLiteral("ETH shock −6.9% in 5 min"),
                           QStringLiteral("412 accounts below maintenance"),
                           unacked,
                           60'000};
    data.high = 2;
    data.highText = QStringLiteral("oracle late, backlog growing");
    data.low = 5;
    data.in10Min = 8;
    data.mixP1 = 1;
    data.mixP2 = 2;
    data.mixP3 = 5;
    data.shelved = 1;
    data.muteLeftMs = 84'000;
    return data;
}

DataStripData health() {
    DataStripData data;
    const auto item = [&](const char* name, const char* value) {
        data.items << DataItem{
            QString::fromUtf8(name), QString::fromUtf8(value), Priority::None, {}, {}};
    };
    item("feed", "38 ms");
    item("mark", "0.1 s");
    data.items << DataItem{QStringLiteral("oracle"), QStringLiteral("4 of 5"), Priority::P2,
                           QStringLiteral("pyth ETH 2.1s old"),
                           QStringLiteral("pyth ETH last 21:18:05.3Z")};
    item("engine", "12 ms");
    item("keepers", "7 alive, 2 slow");
    item("journal", "41.2k ev/s");
    item("gaps", "0");
    item("clock", "+3 ms");
    item("disk", "61%");
    item("event loop", "4 ms");
    data.right = {Run::caption(QStringLiteral("board")),
                  Run::figure(QStringLiteral("9f3a..c1"), Priority::None, FontRole::Tick),
                  Run::caption(QStringLiteral("age")),
                  Run::figure(QStringLiteral("0.3 s"), Priority::None, FontRole::Tick)};
    return data;
}

StatusLineData status() {
    StatusLineData data;
    data.recordPath = QStringLiteral("/tmp/record.bw");
    data.durableSequence = 9'104'212;
    data.digest = QStringLiteral("9f3a55aa0011c1");
    data.verified = true;
    data.diskForecast = QStringLiteral("disk full in 9 d");
    data.speed = 20;
    data.appearance = QStringLiteral("Compact 100%");
    return data;
}

std::unique_ptr<QWidget> rail() {
    auto widget = std::make_unique<NavRail>();
    QVector<NavEntry> entries;
    const char* words[] = {"Situation", "Accounts", "Queue",     "Fund",   "Breakers", "What-if",
                           "Stress",    "Forecast", "Forensics", "Proofs", "Surface",  "Feeds"};
    for (int i = 0; i < 12; ++i) {
        const QString word = QString::fromLatin1(words[i]);
        entries << NavEntry{word, word, static_cast<Icon>(i), QString::number((i + 1) % 10),
                            QStringLiteral("Ctrl+%1").arg((i + 1) % 10)};
    }
    widget->setEntries(entries);
    widget->setCurrent(QStringLiteral("Situation"));
    return widget;
}

std::unique_ptr<QWidget> framed(Mode mode) {
    auto screen = std::make_unique<QWidget>();
    auto* frame = new ModeFrame(screen.get());
    frame->setMode(mode);
    return screen;
}

}  // namespace

std::vector<Piece> strips() {
    std::vector<Piece> pieces;
    const QSize bar(1920, 36);
    pieces.push_back(piece<ModeBar>(QStringLiteral("mode_live"), modeData(Mode::Live), bar));
    ModeBarData speedy = modeData(Mode::Live);
    speedy.speed = SpeedControl{20, false, {1, 5, 20, 60}};
    speedy.search = true;
    pieces.push_back(piece<ModeBar>(QStringLiteral("mode_speed"), speedy, bar));
    for (const Mode mode : {Mode::WhatIf, Mode::Past, Mode::Drill, Mode::ReadOnly}) {
        pieces.push_back(
            piece<ModeBar>(QStringLiteral("mode_") + modeWord(mode), modeData(mode), bar));
    }
    pieces.push_back(piece<AlarmStrip>(QStringLiteral("alarms"), alarms(14'000), {1920, 32}));
    AlarmStripData past = alarms(-1);
    past.prefix = QStringLiteral("recorded alarms");
    past.in10Min = 14;
    past.flood = true;
    pieces.push_back(piece<AlarmStrip>(QStringLiteral("alarms_past"), past, {1366, 32}));
    pieces.push_back(
        piece<AlarmStrip>(QStringLiteral("alarms_none"), AlarmStripData{}, {1366, 32}));
    pieces.push_back(piece<DataStrip>(QStringLiteral("data"), health(), {1920, 26}));
    pieces.push_back(piece<DataStrip>(QStringLiteral("data_narrow"), health(), {700, 26}));
    pieces.push_back(piece<StatusLine>(QStringLiteral("status"), status(), {1920, 30}));
    StatusLineData bad = status();
    bad.record = RecordState::NotRecorded;
    bad.verified = false;
    bad.message = QStringLiteral("Trip of L2 on ETH-PERP sent, not recorded");
    bad.messagePriority = Priority::P1;
    pieces.push_back(piece<StatusLine>(QStringLiteral("status_bad"), bad, {1366, 30}));
    for (const Mode mode : {Mode::WhatIf, Mode::Past, Mode::Drill}) {
        pieces.push_back({QStringLiteral("frame_") + modeWord(mode), framed(mode), {600, 160}});
    }
    pieces.push_back({QStringLiteral("rail"), rail(), {64, 672}});
    return pieces;
}

std::vector<Piece> all() {
    std::vector<Piece> pieces = strips();
    for (auto* make : {&panels, &commands}) {
        for (Piece& each : make())
            pieces.push_back(std::move(each));
    }
    return pieces;
}

}  // namespace gallery
