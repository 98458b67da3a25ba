#include "ui/what_if_worker.hpp"

#include <QTest>
#include <gtest/gtest.h>

#include "ui/small_venue.hpp"

namespace breakwater::ui::test {
namespace {

WhatIfJob jobOf(SmallVenue& venue, const char* move, bool map) {
    WhatIfJob job;
    job.snapshot = venue.board().snapshot;
    job.shock.moves = {*Ratio::parse(move)};
    job.listShock = job.shock;
    if (map) {
        job.map = scenario::HeatRequest{
            {UnderlyingId(0), {*Ratio::parse("-0.1"), Ratio()}}, {UnderlyingId(1), {Ratio()}}, {}};
    }
    return job;
}

struct Answers {
    explicit Answers(WhatIfWorker& worker) {
        QObject::connect(&worker, &WhatIfWorker::evaluated, &worker,
                         [this](const auto& answer) { all.push_back(answer); });
        QObject::connect(&worker, &WhatIfWorker::mapped, &worker,
                         [this](const auto& map, double) { maps.push_back(map); });
    }
    std::vector<std::shared_ptr<const WhatIfAnswer>> all;
    std::vector<std::shared_ptr<const scenario::HeatMap>> maps;
};

TEST(WhatIfWorker, AnswersCountsFirstThenTheMap) {
    SmallVenue venue({300, 3});
    venue.run(3);
    WhatIfWorker worker;
    Answers answers(worker);
    worker.request(jobOf(venue, "-0.2", true));
    EXPECT_TRUE(worker.busy());
    ASSERT_TRUE(QTest::qWaitFor([&] { return answers.maps.size() == 1; }, 20'000));
    ASSERT_EQ(answers.all.size(), 1U);
    const WhatIfAnswer& answer = *answers.all.front();
    EXPECT_EQ(answer.outcome, scenario::evaluate(*answer.job.snapshot, answer.job.shock));
    EXPECT_EQ(answer.accounts.size(), answer.outcome.then.accounts[2]);
    EXPECT_EQ(answers.maps.front()->sequence, answer.outcome.sequence);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !worker.busy(); }, 20'000));
}

TEST(WhatIfWorker, StaleAnswersVanish) {
    SmallVenue venue({2'000, 3});
    venue.run(2);
    WhatIfWorker worker;
    Answers answers(worker);
    for (const char* move : {"-0.1", "-0.2", "-0.3", "-0.4"})
        worker.request(jobOf(venue, move, false));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.all.empty() && !worker.busy(); }, 20'000));
    QTest::qWait(50);
    ASSERT_EQ(answers.all.size(), 1U);
    EXPECT_EQ(answers.all.front()->job.shock.moves[0], *Ratio::parse("-0.4"));
}

TEST(WhatIfWorker, MayGoWhileItWorks) {
    SmallVenue venue({2'000, 3});
    venue.run(1);
    WhatIfWorker worker;
    worker.request(jobOf(venue, "-0.4", true));
    worker.request(WhatIfJob{});
}

}  // namespace
}  // namespace breakwater::ui::test
