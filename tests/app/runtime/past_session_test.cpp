#include "app/runtime/past_session.hpp"

#include <map>

#include "app/runtime/headless.hpp"
#include "core/sim/lockstep.hpp"
#include "core/view/projector.hpp"
#include "tests/app/runtime/board_equality.hpp"
#include "tests/app/runtime/session_fixture.hpp"

namespace breakwater::runtime::test {
namespace {

const Instant kCrash = *Instant::parse("2025-10-10T21:16:52Z");

PlayRequest crashPlay() {
    PlayRequest request = play(1'500, "1h");
    request.until = "2025-10-10T21:30:00Z";
    return request;
}

// The play recorded, with a checkpoint every so many inputs, and the boards that a window would
// have shown after some of them.
struct Recorded {
    Sequence last = 0;
    std::map<Sequence, view::Board> boards;
};

Recorded record(const std::filesystem::path& path, const PlayRequest& request,
                Sequence checkpointEvery, std::vector<Sequence> shown, bool close = true) {
    Recorded out;
    sim::Lockstep venue(venueOf(request));
    venue.setEncoding(true);
    storage::WriterOptions writing;
    Result<storage::RecordWriter> writer = storage::RecordWriter::create(
        path, recordMeta(request, venueOf(request), "2026-01-02T03:04:05Z"), writing);
    if (!writer) ADD_FAILURE() << writer.error().message;
    view::Projector projector;
    const auto after = [&] {
        EXPECT_TRUE(writer->append(venue.step()));
        projector.observe(venue.input(), venue.events(), venue.state());
        const Sequence sequence = venue.state().sequence;
        if (sequence % checkpointEvery == 0) {
            EXPECT_TRUE(writer->appendCheckpoint(checkpointOf(venue.state())));
        }
        if (std::find(shown.begin(), shown.end(), sequence) == shown.end()) return;
        view::Board board;
        board.snapshot = projector.project(venue.engine());
        board.scan = std::make_shared<const view::VenueScan>(view::scan(*board.snapshot));
        out.boards[sequence] = board;
    };
    while (venue.advance())
        after();
    if (close) {
        venue.end();
        after();
        EXPECT_TRUE(writer->close());
    } else {
        EXPECT_TRUE(writer->commit());
    }
    out.last = venue.state().sequence;
    return out;
}

std::unique_ptr<PastSession> opened(const std::filesystem::path& path, PastOptions options = {}) {
    Result<std::unique_ptr<PastSession>> session = PastSession::open(path, options);
    if (!session) {
        ADD_FAILURE() << session.error().message;
        return nullptr;
    }
    return std::move(*session);
}

bool rests(const PastSession& session) {
    return waitUntil([&] {
        const PastSessionStatus s = session.status();
        return !s.busy && s.sequence > 0;
    });
}

bool isWholeAt(const PastSession& session, Sequence sequence) {
    return waitUntil([&] {
        const PastSessionStatus s = session.status();
        return !s.busy && s.whole && s.sequence == sequence;
    });
}

std::string refusalOf(const std::filesystem::path& path) {
    const Result<std::unique_ptr<PastSession>> session = PastSession::open(path, {});
    EXPECT_FALSE(session);
    return session ? std::string() : session.error().message;
}

class PastSessionTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = new Scratch();
        s_recorded = new Recorded(record(s_folder->path() / "play.bwr", crashPlay(), 20'000,
                                         {1, 20'000, 20'001, 47'311, 60'000, 71'777}));
    }
    static void TearDownTestSuite() {
        delete s_recorded;
        delete s_folder;
    }
    static std::filesystem::path path() { return s_folder->path() / "play.bwr"; }
    static Scratch* s_folder;
    static Recorded* s_recorded;
};
Scratch* PastSessionTest::s_folder = nullptr;
Recorded* PastSessionTest::s_recorded = nullptr;

TEST_F(PastSessionTest, EveryBoardIsTheOneTheLiveWindowShowed) {
    ASSERT_GT(s_recorded->last, 71'777U);
    const std::unique_ptr<PastSession> session = opened(path());
    ASSERT_TRUE(session);
    for (const Sequence sequence : {47'311U, 20'001U, 71'777U, 1U, 60'000U, 20'000U}) {
        session->seekTo(sequence);
        ASSERT_TRUE(isWholeAt(*session, sequence)) << sequence;
        SCOPED_TRACE(sequence);
        expectSameBoard(session->board(), s_recorded->boards.at(sequence));
    }
}

TEST_F(PastSessionTest, TheStateIsExactBeforeTheHistoriesAre) {
    // The first board of a start in the middle: the survey stands aside until it is there.
    PastOptions options;
    const Instant at = s_recorded->boards.at(71'777).snapshot->asOf;
    options.at = at;
    const std::unique_ptr<PastSession> session = opened(path(), options);
    ASSERT_TRUE(waitUntil([&] { return session->board().snapshot != nullptr; }));
    session->seekTo(71'777);
    ASSERT_TRUE(waitUntil([&] { return session->status().sequence == 71'777; }));
    expectSameState(session->board(), s_recorded->boards.at(71'777));
    ASSERT_TRUE(isWholeAt(*session, 71'777));
    expectSameBoard(session->board(), s_recorded->boards.at(71'777));
}

TEST_F(PastSessionTest, DigestsAreComparedAndTheSurveyEndsWithAVerdict) {
    const std::unique_ptr<PastSession> session = opened(path());
    session->seekTo(47'311);
    ASSERT_TRUE(isWholeAt(*session, 47'311));
    const PastSessionStatus status = session->status();
    EXPECT_EQ(status.digest.at, 40'000U);
    ASSERT_TRUE(status.digest.recorded);
    EXPECT_EQ(*status.digest.recorded, status.digest.computed);
    ASSERT_TRUE(waitUntil([&] { return !session->status().verdict.empty(); }));
    EXPECT_EQ(session->status().verdict, "intact");
    EXPECT_EQ(session->status().surveyed, 1);
    EXPECT_FALSE(session->status().damaged);
    const auto lanes = session->lanes();
    EXPECT_GT(lanes->columns.size(), 100U);
    EXPECT_FALSE(lanes->marks.empty());
    std::uint64_t begun = 0;
    for (const auto& column : lanes->columns)
        begun += column.liquidations;
    EXPECT_EQ(begun, session->names()->tally.liquidations);
}

TEST_F(PastSessionTest, ATimeMeansTheLastInputAtOrBeforeIt) {
    PastOptions options;
    options.at = kCrash;
    const std::unique_ptr<PastSession> session = opened(path(), options);
    ASSERT_TRUE(rests(*session));
    Result<storage::RecordReader> reader = storage::RecordReader::open(path());
    ASSERT_TRUE(reader);
    EXPECT_EQ(session->status().sequence, *reader->sequenceAt(kCrash));
    EXPECT_LE(session->board().snapshot->asOf, kCrash);
}

TEST_F(PastSessionTest, StepsGoToEventsAndAddUp) {
    const std::unique_ptr<PastSession> session = opened(path());
    session->seekTo(60'000);
    ASSERT_TRUE(rests(*session));
    for (int i = 0; i < 5; ++i)
        session->stepEvent(1);
    ASSERT_TRUE(rests(*session));
    const Sequence after = session->status().sequence;
    EXPECT_GT(after, 60'004U);
    for (int i = 0; i < 4; ++i)
        session->stepEvent(-1);
    ASSERT_TRUE(rests(*session));
    const Sequence first = session->status().sequence;
    EXPECT_GT(first, 60'000U);
    EXPECT_LT(first, after);
    // Every step is an input whose events are more than prices and digests.
    Result<storage::RecordReader> reader = storage::RecordReader::open(path());
    const Result<Step> step = reader->stepAt(first);
    bool more = false;
    forEachEvent(*step, [&](Bytes bytes) {
        const Result<Event> event = decodeEvent(bytes);
        more = more || !(std::holds_alternative<MarkChanged>(*event) ||
                         std::holds_alternative<StateDigested>(*event));
    });
    EXPECT_TRUE(more);
    session->seekTo(1);
    session->stepEvent(-1);
    ASSERT_TRUE(rests(*session));
    EXPECT_NE(session->status().error.find("no earlier"), std::string::npos);
}

TEST_F(PastSessionTest, ANewerWishReplacesAnOlderOne) {
    const std::unique_ptr<PastSession> session = opened(path());
    for (Sequence s = 1; s < 70'000; s += 1'000)
        session->seekTo(s);
    session->seekTo(333);
    ASSERT_TRUE(isWholeAt(*session, 333));
}

TEST_F(PastSessionTest, PlaysOnAndStopsAtTheEnd) {
    std::atomic<std::int64_t> now{0};
    PastOptions options;
    options.clock = [&] {
        return std::chrono::steady_clock::time_point(std::chrono::milliseconds(now.load()));
    };
    options.at = kCrash;
    const std::unique_ptr<PastSession> session = opened(path(), options);
    ASSERT_TRUE(rests(*session));
    session->setSpeed(10);
    session->setPlaying(true);
    const Instant before = session->status().time;
    ASSERT_TRUE(waitUntil([&] {
        now += 100;
        return session->status().time >= before + Duration::seconds(30);
    }));
    session->setSpeed(100'000);
    ASSERT_TRUE(waitUntil([&] {
        now += 1'000;
        return !session->status().playing;
    }));
    EXPECT_EQ(session->status().sequence, s_recorded->last);
}

TEST_F(PastSessionTest, ACrashedRecordOpensToItsLastCommit) {
    const Scratch folder;
    Recorded recorded;
    { recorded = record(folder / "hot.bwr", play(300, "2m"), 1'000, {500}, false); }
    // record() dropped its writer without an end, as a process that dies does.
    const std::unique_ptr<PastSession> session = opened(folder / "hot.bwr");
    ASSERT_TRUE(session);
    ASSERT_TRUE(isWholeAt(*session, recorded.last));
    EXPECT_NE(session->status().state, storage::RecordState::Closed);
    session->seekTo(500);
    ASSERT_TRUE(isWholeAt(*session, 500));
    expectSameBoard(session->board(), recorded.boards.at(500));
}

TEST_F(PastSessionTest, ADamagedRecordShowsWhatIsGoodAndRefusesTheRest) {
    const Scratch folder;
    const std::filesystem::path file = folder / "damaged.bwr";
    Recorded recorded = record(file, play(300, "5m"), 4'000, {3'000});
    // One bit of one input's payload, found by its bytes.
    const Sequence bad = recorded.last / 2;
    {
        Result<storage::RecordReader> reader = storage::RecordReader::open(file);
        const Result<Step> step = reader->stepAt(bad);
        ASSERT_TRUE(step);
        std::string bytes = breakwater::test::bytesOf(file);
        // The link after it is unique in the file; the payload lies right before it.
        const Result<Step> next = reader->stepAt(bad + 1);
        const std::string payload(step->input().begin(), step->input().end());
        std::size_t at = bytes.find(payload);
        ASSERT_NE(at, std::string::npos);
        bytes[at + payload.size() - 1] ^= 1;
        breakwater::test::writeBytes(file, bytes);
    }
    const std::unique_ptr<PastSession> session = opened(file);
    ASSERT_TRUE(session);
    ASSERT_TRUE(waitUntil([&] { return session->status().damaged && !session->status().busy; }));
    const Sequence good = session->status().sequence;
    EXPECT_LT(good, recorded.last);
    EXPECT_GT(good, 0U);
    EXPECT_NE(session->status().error.find("Nothing after input"), std::string::npos);
    session->seekTo(recorded.last);
    ASSERT_TRUE(rests(*session));
    EXPECT_EQ(session->status().sequence, good);
    EXPECT_NE(session->status().error.find("differs at input"), std::string::npos);
    ASSERT_TRUE(waitUntil([&] { return session->status().verdict == "damaged"; }));
}

TEST_F(PastSessionTest, RefusalsSayWhatIsWrong) {
    const Scratch folder;
    EXPECT_NE(refusalOf(folder / "none.bwr").find("there is no record"), std::string::npos);
    breakwater::test::writeBytes(folder / "empty.bwr", "");
    EXPECT_NE(refusalOf(folder / "empty.bwr").find("is empty"), std::string::npos);
    breakwater::test::writeBytes(folder / "foreign.bwr", std::string(5'000, 'x'));
    EXPECT_NE(refusalOf(folder / "foreign.bwr").find("not a Breakwater record"), std::string::npos);
    std::string bytes = breakwater::test::bytesOf(path());
    breakwater::test::writeBytes(folder / "short.bwr", bytes.substr(0, bytes.size() / 2));
    EXPECT_NE(refusalOf(folder / "short.bwr").find("cut short"), std::string::npos);
    bytes[63] = 99;  // user_version, big endian at 60
    breakwater::test::writeBytes(folder / "newer.bwr", bytes);
    EXPECT_NE(refusalOf(folder / "newer.bwr").find("later Breakwater"), std::string::npos);
    PastOptions options;
    options.at = kCrash + Duration::hours(30);
    const Result<std::unique_ptr<PastSession>> outside = PastSession::open(path(), options);
    ASSERT_FALSE(outside);
    EXPECT_NE(outside.error().message.find("outside the record"), std::string::npos);
    Result<storage::RecordWriter> nothing =
        storage::RecordWriter::create(folder / "nothing.bwr", storage::RecordMeta());
    ASSERT_TRUE(nothing);
    ASSERT_TRUE(nothing->close());
    EXPECT_NE(refusalOf(folder / "nothing.bwr").find("holds no input"), std::string::npos);
}

}  // namespace
}  // namespace breakwater::runtime::test
