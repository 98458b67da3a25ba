#include "ui/order_worker.hpp"

#include <QEventLoop>
#include <QTimer>
#include <gtest/gtest.h>

#include "ui/small_venue.hpp"

namespace breakwater::ui::test {
namespace {

struct Answers {
    explicit Answers(OrderWorker& worker) {
        QObject::connect(&worker, &OrderWorker::ordered, &loop,
                         [this](const std::shared_ptr<const view::AccountOrder>& order) {
                             all.push_back(order);
                             loop.quit();
                         });
    }
    bool wait() {
        QTimer::singleShot(20'000, &loop, &QEventLoop::quit);
        const std::size_t before = all.size();
        loop.exec();
        return all.size() > before;
    }
    QEventLoop loop;
    std::vector<std::shared_ptr<const view::AccountOrder>> all;
};

TEST(OrderWorker, AnswersWithTheOrderOfTheSnapshot) {
    SmallVenue venue({100, 2});
    venue.run(2);
    OrderWorker worker;
    Answers answers(worker);
    const auto snapshot = venue.board().snapshot;
    worker.request(snapshot, {});
    EXPECT_TRUE(worker.busy());
    ASSERT_TRUE(answers.wait());
    EXPECT_FALSE(worker.busy());
    EXPECT_EQ(answers.all.front()->sequence, snapshot->sequence);
    EXPECT_EQ(answers.all.front()->order.size(), snapshot->accountCount);
}

TEST(OrderWorker, StaleAnswersVanish) {
    SmallVenue venue({2'000, 2});
    venue.run(2);
    OrderWorker worker;
    Answers answers(worker);
    const auto snapshot = venue.board().snapshot;
    view::AccountQuery last;
    last.descending = true;
    last.sort = view::AccountColumn::Gross;
    worker.request(snapshot, {});
    worker.request(snapshot, {});
    worker.request(snapshot, last);
    ASSERT_TRUE(answers.wait());
    ASSERT_EQ(answers.all.size(), 1U);
    EXPECT_EQ(answers.all.front()->query.sort, view::AccountColumn::Gross);
}

TEST(OrderWorker, MayGoWhileItWorks) {
    SmallVenue venue({2'000, 2});
    venue.run(1);
    OrderWorker worker;
    worker.request(venue.board().snapshot, {});
    worker.request(nullptr, {});
}

}  // namespace
}  // namespace breakwater::ui::test
