#include "widgets/hold_button.hpp"

#include <memory>

#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <gtest/gtest.h>

using namespace breakwater::widgets;

namespace {

class Hold : public testing::Test {
protected:
    void SetUp() override {
        button.setHoldMs(400);
        button.resize(400, 40);
        button.show();
        button.activateWindow();
        button.setFocus();
        QTest::qWait(20);
    }
    void key(QEvent::Type type, int code, bool repeat) {
        QKeyEvent event(type, code, Qt::NoModifier, QString(), repeat);
        QCoreApplication::sendEvent(&button, &event);
    }
    void stamped(QEvent::Type type, quint64 at) {
        QKeyEvent event(type, Qt::Key_F12, Qt::NoModifier);
        event.setTimestamp(at);
        QCoreApplication::sendEvent(&button, &event);
    }
    // A loaded machine may take longer than the hold; it may never commit twice.
    bool waitForCommits(int count) {
        return QTest::qWaitFor([&] { return committed.count() >= count; }, 5000);
    }
    void press(int code, bool repeat = false) { key(QEvent::KeyPress, code, repeat); }
    void release(int code, bool repeat = false) { key(QEvent::KeyRelease, code, repeat); }

    HoldButton button{QStringLiteral("Hold F12 to trip L2 on ETH")};
    QSignalSpy committed{&button, &HoldButton::committed};
    QSignalSpy early{&button, &HoldButton::holdReleasedEarly};
    QSignalSpy clicked{&button, &QAbstractButton::clicked};
};

TEST_F(Hold, defaultsToOneAndAHalfSeconds) {
    EXPECT_EQ(HoldButton(QStringLiteral("x")).holdMs(), 1500);
}

TEST_F(Hold, earlyReleaseDoesNothing) {
    press(Qt::Key_F12);
    QTest::qWait(100);
    EXPECT_TRUE(button.isHolding());
    release(Qt::Key_F12);
    QTest::qWait(500);
    EXPECT_EQ(committed.count(), 0);
    EXPECT_EQ(early.count(), 1);
    EXPECT_EQ(button.heldMs(), 0);
}

TEST_F(Hold, twoShortHoldsAreNotOneLongOne) {
    for (int i = 0; i < 2; ++i) {
        press(Qt::Key_Space);
        QTest::qWait(250);
        release(Qt::Key_Space);
    }
    EXPECT_EQ(committed.count(), 0);
}

TEST_F(Hold, fullHoldCommitsOnceUntilReleased) {
    press(Qt::Key_F12);
    EXPECT_TRUE(waitForCommits(1));
    QTest::qWait(600);
    EXPECT_EQ(committed.count(), 1);
    release(Qt::Key_F12);
    EXPECT_EQ(early.count(), 0);
    press(Qt::Key_F12);
    EXPECT_TRUE(waitForCommits(2));
    release(Qt::Key_F12);
}

TEST_F(Hold, autoRepeatNeitherStartsNorEndsAHold) {
    press(Qt::Key_F12, true);
    EXPECT_FALSE(button.isHolding());
    press(Qt::Key_F12);
    for (int i = 0; i < 10; ++i) {
        release(Qt::Key_F12, true);
        press(Qt::Key_F12, true);
        QTest::qWait(10);
    }
    EXPECT_TRUE(button.isHolding());
    EXPECT_TRUE(waitForCommits(1));
    press(Qt::Key_F12, true);
    QTest::qWait(500);
    EXPECT_EQ(committed.count(), 1);
    release(Qt::Key_F12);
}

// As an X server sends a held key: a release and a press of one instant, which Qt does not mark
// when it reads the first before the second has come.
TEST_F(Hold, aServersUnmarkedRepeatGoesOnHolding) {
    stamped(QEvent::KeyPress, 1'000);
    for (quint64 at = 1'250; at < 1'250 + 60 * 25 && committed.count() == 0; at += 25) {
        stamped(QEvent::KeyRelease, at);
        stamped(QEvent::KeyPress, at);
        QTest::qWait(25);
    }
    EXPECT_TRUE(waitForCommits(1));
    EXPECT_EQ(early.count(), 0);
    // It goes on repeating after the act: that is no second hold.
    for (quint64 at = 5'000; at < 5'600; at += 25) {
        stamped(QEvent::KeyRelease, at);
        stamped(QEvent::KeyPress, at);
        QTest::qWait(25);
    }
    EXPECT_EQ(committed.count(), 1);
    stamped(QEvent::KeyRelease, 6'000);
    QTest::qWait(100);
    EXPECT_EQ(early.count(), 0);
}

TEST_F(Hold, aServersReleaseEndsTheHoldWithoutItsTime) {
    stamped(QEvent::KeyPress, 1'000);
    QTest::qWait(300);
    stamped(QEvent::KeyRelease, 1'300);
    const qint64 held = button.heldMs();
    stamped(QEvent::KeyPress, 1'380);  // a new finger on the key
    EXPECT_LT(button.heldMs(), held);
    QTest::qWait(250);
    stamped(QEvent::KeyRelease, 1'630);
    QTest::qWait(300);
    EXPECT_EQ(committed.count(), 0);
    EXPECT_EQ(early.count(), 2);
    EXPECT_FALSE(button.isHolding());
}

TEST_F(Hold, onlyTheKeyThatBeganItEndsIt) {
    press(Qt::Key_F12);
    release(Qt::Key_Space);
    EXPECT_TRUE(button.isHolding());
    release(Qt::Key_F12);
    EXPECT_FALSE(button.isHolding());
}

TEST_F(Hold, enterAndClicksCommitNothing) {
    QTest::keyClick(&button, Qt::Key_Return);
    QTest::mouseClick(&button, Qt::LeftButton, {}, {50, 20});
    QTest::qWait(250);
    EXPECT_EQ(committed.count(), 0);
    EXPECT_EQ(clicked.count(), 0);
}

TEST_F(Hold, theMouseHolds) {
    QTest::mousePress(&button, Qt::LeftButton, {}, {50, 20});
    EXPECT_TRUE(waitForCommits(1));
    QTest::mouseRelease(&button, Qt::LeftButton, {}, {50, 20});
}

TEST_F(Hold, slidingOffIsLettingGo) {
    QTest::mousePress(&button, Qt::LeftButton, {}, {50, 20});
    QTest::qWait(50);
    QTest::mouseMove(&button, {50, 200});
    QTest::qWait(500);
    EXPECT_EQ(committed.count(), 0);
    EXPECT_EQ(early.count(), 1);
}

TEST_F(Hold, losingTheFocusIsLettingGo) {
    press(Qt::Key_F12);
    button.clearFocus();
    QTest::qWait(500);
    EXPECT_EQ(committed.count(), 0);
}

TEST_F(Hold, disablingIsLettingGoAndSaysWhy) {
    press(Qt::Key_F12);
    button.setDisabledReason(QStringLiteral("oracle data is 12 s old"));
    QTest::qWait(500);
    EXPECT_EQ(committed.count(), 0);
    EXPECT_FALSE(button.isEnabled());
    EXPECT_EQ(button.accessibleDescription(), "oracle data is 12 s old");
    button.beginHold();
    EXPECT_FALSE(button.isHolding());
    button.setDisabledReason({});
    EXPECT_TRUE(button.isEnabled());
}

TEST_F(Hold, aStalledEventLoopDoesNotCountAsHolding) {
    press(Qt::Key_F12);
    QThread::msleep(800);  // the release is in the queue behind the stall
    QTest::qWait(1);
    release(Qt::Key_F12);
    EXPECT_EQ(committed.count(), 0);
}

}  // namespace
