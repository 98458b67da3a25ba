#include "app/runtime/record_queries.hpp"

#include <algorithm>
#include <future>

#include "app/runtime/past_session.hpp"
#include "tests/app/runtime/session_fixture.hpp"

namespace breakwater::runtime::test {
namespace {

std::size_t kindNamed(std::string_view name) {
    const auto kinds = view::eventKinds();
    return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), name) - kinds.begin());
}

EventPageAnswer pageOf(RecordQueries& queries, const EventPageRequest& request) {
    auto got = std::make_shared<std::promise<EventPageAnswer>>();
    queries.requestPage(request, [got](EventPageAnswer answer) {
        if (answer.complete) got->set_value(std::move(answer));
    });
    return got->get_future().get();
}

std::vector<view::CauseLink> causesOf(RecordQueries& queries, Sequence sequence,
                                      std::uint32_t index) {
    auto got = std::make_shared<std::promise<std::vector<view::CauseLink>>>();
    queries.requestCauses(sequence, index, [got](std::vector<view::CauseLink> links) {
        got->set_value(std::move(links));
    });
    return got->get_future().get();
}

std::pair<bool, std::string> exported(RecordQueries& queries, const view::EventFilter& filter,
                                      const std::string& path) {
    auto got = std::make_shared<std::promise<std::pair<bool, std::string>>>();
    queries.requestExport(filter, path, "breakwater test", [got](bool ok, std::string text) {
        got->set_value({ok, std::move(text)});
    });
    return got->get_future().get();
}

// A crash with liquidations, recorded by a live session.
LiveRecord recordIn(std::unique_ptr<storage::Recorder> recorder) {
    LiveRecord record;
    record.recorder = std::move(recorder);
    record.path = "r.bwr";
    return record;
}

class Queries : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = new Scratch();
        PlayRequest request = play(1'500, "2025-10-10T21:20:00Z");
        LiveSession session(venueOf(request),
                            recordIn(newRecorder(s_folder->path() / "r.bwr", request)), [] {
                                LiveOptions options;
                                options.speed = 100'000;
                                return options;
                            }());
        playedOut(session);
    }
    static void TearDownTestSuite() { delete s_folder; }

    void SetUp() override {
        past = std::move(*PastSession::open(s_folder->path() / "r.bwr", {}));
        ASSERT_TRUE(waitUntil([&] { return past->names() != nullptr; }));
        reader.emplace(past->takeReader());
        queries.emplace(*reader, [this] { return past->names(); });
    }

    static Scratch* s_folder;
    std::unique_ptr<PastSession> past;
    std::optional<storage::RecordReader> reader;
    std::optional<RecordQueries> queries;
};
Scratch* Queries::s_folder = nullptr;

TEST_F(Queries, PagesJoinWithoutGapOrOverlapBothWays) {
    EventPageRequest request;
    request.toward = storage::Toward::End;
    request.count = 97;
    std::vector<storage::EventPlace> onward;
    for (int page = 0; page < 12; ++page) {
        const EventPageAnswer answer = pageOf(*queries, request);
        ASSERT_EQ(answer.error, "");
        ASSERT_EQ(answer.lines.size(), 97U);
        for (const view::EventLine& line : answer.lines)
            onward.push_back({line.sequence, line.index});
        request.from = {onward.back().sequence, onward.back().index + 1};
    }
    EXPECT_TRUE(std::is_sorted(onward.begin(), onward.end()));
    EXPECT_EQ(std::adjacent_find(onward.begin(), onward.end()), onward.end());
    request.toward = storage::Toward::Start;
    request.from = onward.back();
    request.count = onward.size();
    const EventPageAnswer back = pageOf(*queries, request);
    ASSERT_EQ(back.lines.size(), onward.size());
    for (std::size_t i = 0; i < onward.size(); ++i)
        EXPECT_EQ((storage::EventPlace{back.lines[i].sequence, back.lines[i].index}), onward[i]);
}

TEST_F(Queries, FiltersFindExactlyWhatAWalkFinds) {
    view::EventFilter filter;
    filter.kinds = {kindNamed("liquidation_started"), kindNamed("liquidation_filled")};
    filter.from = *Instant::parse("2025-10-10T21:15:00Z");
    filter.to = *Instant::parse("2025-10-10T21:15:59.999999Z");
    filter.market = InstrumentId(1);
    std::size_t expected = 0;
    const auto names = past->names();
    Result<storage::RecordReader> walk = storage::RecordReader::open(s_folder->path() / "r.bwr");
    Step step;
    while (*walk->next(step)) {
        if (step.time < *filter.from || step.time > *filter.to) continue;
        forEachEvent(step, [&](Bytes bytes) {
            expected += view::matches(filter, *decodeEvent(bytes), *names) ? 1U : 0U;
        });
    }
    EventPageRequest request;
    request.filter = filter;
    request.count = 1'000'000;
    const EventPageAnswer answer = pageOf(*queries, request);
    EXPECT_GT(expected, 0U);
    EXPECT_EQ(answer.lines.size(), expected);
    EXPECT_TRUE(answer.atEnd);
    for (const view::EventLine& line : answer.lines) {
        EXPECT_GE(line.time, *filter.from);
        EXPECT_LE(line.time, *filter.to);
        EXPECT_EQ(line.market, InstrumentId(1));
    }
}

TEST_F(Queries, ALiquidationIsTracedBackToTheQuote) {
    EventPageRequest request;
    request.filter.kinds = {kindNamed("liquidation_filled")};
    request.count = 1;
    const EventPageAnswer last = pageOf(*queries, request);
    ASSERT_EQ(last.lines.size(), 1U);
    const std::vector<view::CauseLink> links =
        causesOf(*queries, last.lines[0].sequence, last.lines[0].index);
    ASSERT_GE(links.size(), 4U);
    EXPECT_EQ(links.back().sequence, last.lines[0].sequence);
    EXPECT_EQ(links.back().what, last.lines[0].text);
    EXPECT_EQ(links.back().why, "");
    const auto says = [&](const char* words) {
        return std::any_of(links.begin(), links.end(), [&](const view::CauseLink& link) {
            return link.what.find(words) != std::string::npos;
        });
    };
    EXPECT_TRUE(says("began"));
    EXPECT_FALSE(links.front().index) << "the chain begins with an input";
    for (std::size_t i = 0; i + 1 < links.size(); ++i) {
        EXPECT_LE(links[i].sequence, links[i + 1].sequence);
        EXPECT_FALSE(links[i].why.empty()) << links[i].what;
    }
}

TEST_F(Queries, EveryKindOfEventHasAChainThatEnds) {
    for (std::size_t kind = 0; kind < view::eventKinds().size(); ++kind) {
        EventPageRequest request;
        request.filter.kinds = {kind};
        request.count = 1;
        const EventPageAnswer last = pageOf(*queries, request);
        if (last.lines.empty()) continue;
        SCOPED_TRACE(view::eventKinds()[kind]);
        const std::vector<view::CauseLink> links =
            causesOf(*queries, last.lines[0].sequence, last.lines[0].index);
        ASSERT_GE(links.size(), 2U);
        EXPECT_EQ(links.back().what, last.lines[0].text);
        EXPECT_NE(links.front().what, "The causes cannot be read") << links.front().why;
    }
}

TEST_F(Queries, AnExportSaysWhatItIsOfAndAppearsWhole) {
    const Scratch folder;
    view::EventFilter filter;
    filter.kinds = {kindNamed("liquidation_started")};
    filter.from = *Instant::parse("2025-10-10T21:15:00Z");
    filter.to = *Instant::parse("2025-10-10T21:16:00Z");
    const auto [ok, text] = exported(*queries, filter, (folder / "out.csv").string());
    ASSERT_TRUE(ok) << text;
    const std::string csv = breakwater::test::bytesOf(folder / "out.csv");
    const std::string head = csv.substr(0, csv.find("\r\n"));
    EXPECT_EQ(head.find("sequence,index,time,kind,account,market,text,json,"), 0U);
    for (const char* part : {"breakwater test", "as of 2025-10-10T21:", "state digest ",
                             "kinds liquidation_started", "from 2025-10-10T21:15:00Z"}) {
        EXPECT_NE(head.find(part), std::string::npos) << part << " in " << head;
    }
    EventPageRequest request;
    request.filter = filter;
    request.count = 1'000'000;
    const std::size_t rows = pageOf(*queries, request).lines.size();
    EXPECT_GT(rows, 0U);
    std::size_t lines = 0;
    for (std::size_t at = csv.find("\r\n"); at != std::string::npos; at = csv.find("\r\n", at + 2))
        ++lines;
    EXPECT_EQ(lines, rows + 1);
    EXPECT_NE(text.find(std::to_string(rows)), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(folder / "out.csv.part"));
    const auto [bad, why] = exported(*queries, filter, (folder / "no/such/out.csv").string());
    EXPECT_FALSE(bad);
    EXPECT_NE(why.find("cannot be written"), std::string::npos);
}

TEST(LiveQueries, TheRecordBeingWrittenIsReadWhileItGrows) {
    const Scratch folder;
    const PlayRequest request = play(500, "20m");
    LiveOptions options;
    options.speed = 50;
    LiveSession session(venueOf(request), recordIn(newRecorder(folder / "r.bwr", request)),
                        options);
    ASSERT_TRUE(waitForBoard(session));
    ASSERT_NE(session.log(), nullptr);
    {
        RecordQueries queries(*session.log(), [&] { return session.board().snapshot; });
        EventPageRequest request2;
        request2.toward = storage::Toward::End;
        request2.count = 300;
        ASSERT_TRUE(waitUntil([&] { return session.status().durable > 800; }));
        const EventPageAnswer first = pageOf(queries, request2);
        ASSERT_EQ(first.error, "");
        ASSERT_FALSE(first.lines.empty());
        EventPageRequest newest;
        newest.count = 5;
        const EventPageAnswer before = pageOf(queries, newest);
        ASSERT_TRUE(waitUntil([&] {
            return pageOf(queries, newest).lines.back().sequence > before.lines.back().sequence;
        }));
        EXPECT_FALSE(
            causesOf(queries, before.lines.back().sequence, before.lines.back().index).empty());
    }
    EXPECT_GT(session.lanes()->columns.size(), 0U);
    session.stop();
    EXPECT_EQ(session.status().recordError, "");
    EXPECT_EQ(storage::verify(folder / "r.bwr").verdict, storage::Verdict::Intact);
    const Result<storage::RecordTail> after = session.log()->end();
    ASSERT_FALSE(after);
    EXPECT_EQ(after.error().code, ErrorCode::Refused);
}

}  // namespace
}  // namespace breakwater::runtime::test
