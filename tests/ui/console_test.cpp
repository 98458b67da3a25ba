// Arm, type, hold: what reaches the venue and what never does.
#include <QComboBox>
#include <QLineEdit>

#include "ui/screens/breaker_arm.hpp"
#include "ui/screens/breaker_commit.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

class Console : public WindowTest {
protected:
    void openConsole() {
        openWindow();
        press(Qt::Key_5, Qt::ControlModifier);
        ASSERT_TRUE(breakers().isReady());
    }
    // Keyboard only: the reason, then Ctrl+Enter.
    void armEth() {
        ASSERT_TRUE(tabTo("Reason"));
        type("oracle late");
        press(Qt::Key_Return, Qt::ControlModifier);
        ASSERT_TRUE(breakers().isArmed());
    }
    void hold(int ms) {
        QTest::keyPress(target(), Qt::Key_F12);
        QTest::qWait(ms);
        QTest::keyRelease(target(), Qt::Key_F12);
    }
    QString why() { return breakers().commitPanel().hold().disabledReason(); }
    void shorten() { breakers().commitPanel().hold().setHoldMs(200); }
};

TEST_F(Console, ArmTypeAndHoldSendsTheCommand) {
    openConsole();
    EXPECT_EQ(why(), QStringLiteral("arm an act first"));
    armEth();
    EXPECT_EQ(why(), QStringLiteral("type ETH first"));
    ASSERT_EQ(target(), &breakers().commitPanel().code());
    type("eth");
    EXPECT_TRUE(why().isEmpty());
    EXPECT_TRUE(desk.sent.empty());
    QElapsedTimer timer;
    timer.start();
    QTest::keyPress(target(), Qt::Key_F12);
    ASSERT_TRUE(becomes([&] { return !desk.sent.empty(); }, 4'000));
    EXPECT_GE(timer.elapsed(), 1'450);
    QTest::keyRelease(target(), Qt::Key_F12);
    ASSERT_EQ(desk.sent.size(), 1U);
    const OfficerCommand& command = desk.sent[0];
    EXPECT_EQ(command.kind, CommandKind::SetLevel);
    EXPECT_EQ(command.scope, ScopeKind::Market);
    EXPECT_EQ(command.instruments, std::vector<InstrumentId>{SmallVenue::kEth});
    EXPECT_EQ(command.level, BreakerLevel::Restrict);
    EXPECT_EQ(command.duration, Duration::minutes(10));
    EXPECT_EQ(command.reason, "oracle late");
    EXPECT_EQ(command.officer, "officer-1");
    EXPECT_FALSE(breakers().isArmed());
}

TEST_F(Console, TrackFollowsToTheEffect) {
    openConsole();
    shorten();
    armEth();
    type("ETH");
    hold(500);
    ASSERT_EQ(desk.sent.size(), 1U);
    ASSERT_TRUE(breakers().tracked().has_value());
    EXPECT_FALSE(breakers().tracked()->outcome.has_value());
    venue.command(desk.sent[0]);
    desk.show(venue);
    window->refreshNow();
    ASSERT_TRUE(breakers().tracked()->outcome.has_value());
    EXPECT_TRUE(breakers().tracked()->outcome->accepted);
    EXPECT_FALSE(breakers().tracked()->effectiveAt.has_value());
    venue.run(2);
    desk.show(venue);
    window->refreshNow();
    EXPECT_TRUE(breakers().tracked()->effectiveAt.has_value());
    EXPECT_EQ(breakers().tracked()->effective, 1U);
}

TEST_F(Console, RefusalIsShown) {
    openConsole();
    shorten();
    armEth();
    type("ETH");
    hold(500);
    ASSERT_EQ(desk.sent.size(), 1U);
    OfficerCommand late = desk.sent[0];
    late.duration = Duration::hours(20);
    venue.command(late);
    desk.show(venue);
    window->refreshNow();
    ASSERT_TRUE(breakers().tracked()->outcome.has_value());
    EXPECT_FALSE(breakers().tracked()->outcome->accepted);
}

TEST_F(Console, EarlyReleaseSendsNothing) {
    openConsole();
    armEth();
    type("ETH");
    hold(700);
    QTest::qWait(1'200);
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_TRUE(breakers().isArmed());
}

TEST_F(Console, ReleaseOnTheButtonItselfCountsToo) {
    openConsole();
    armEth();
    type("ETH");
    breakers().commitPanel().hold().setFocus();
    hold(600);
    QTest::qWait(1'200);
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_FALSE(breakers().commitPanel().hold().isHolding());
}

TEST_F(Console, LeavingTheScreenOrTheWindowLetsGo) {
    openConsole();
    armEth();
    type("ETH");
    QTest::keyPress(target(), Qt::Key_F12);
    EXPECT_TRUE(breakers().commitPanel().hold().isHolding());
    QEvent away(QEvent::WindowDeactivate);
    QApplication::sendEvent(window.get(), &away);
    EXPECT_FALSE(breakers().commitPanel().hold().isHolding());
    QTest::keyPress(target(), Qt::Key_F12);
    EXPECT_TRUE(breakers().commitPanel().hold().isHolding());
    window->openScreen(QStringLiteral("situation"));
    EXPECT_FALSE(breakers().commitPanel().hold().isHolding());
    QTest::qWait(1'700);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Console, RepeatedKeyEventsBeginNoSecondAct) {
    openConsole();
    shorten();
    armEth();
    type("ETH");
    QTest::keyPress(target(), Qt::Key_F12);
    ASSERT_TRUE(becomes([&] { return desk.sent.size() == 1; }, 3'000));
    for (int i = 0; i < 5; ++i) {
        QKeyEvent repeat(QEvent::KeyPress, Qt::Key_F12, Qt::NoModifier, QString(), true);
        QApplication::sendEvent(target(), &repeat);
        QTest::qWait(60);
    }
    QTest::keyRelease(target(), Qt::Key_F12);
    EXPECT_EQ(desk.sent.size(), 1U);
}

TEST_F(Console, WrongCodeSendsNothing) {
    openConsole();
    shorten();
    armEth();
    type("BTC");
    EXPECT_EQ(why(), QStringLiteral("the code is ETH"));
    hold(500);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Console, UnarmedHoldSendsNothing) {
    openConsole();
    shorten();
    hold(500);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Console, AChangeInTheFormDisarms) {
    openConsole();
    shorten();
    armEth();
    type("ETH");
    ASSERT_TRUE(tabTo("Scope"));
    press(Qt::Key_Down);
    EXPECT_FALSE(breakers().isArmed());
    hold(500);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Console, EscDisarms) {
    openConsole();
    armEth();
    press(Qt::Key_Escape);
    EXPECT_FALSE(breakers().isArmed());
}

TEST_F(Console, WithoutAReasonNothingIsArmed) {
    openConsole();
    press(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_FALSE(breakers().isArmed());
}

TEST_F(Console, WholeVenueTakesItsOwnCode) {
    openConsole();
    shorten();
    ASSERT_TRUE(tabTo("Scope"));
    press(Qt::Key_End);
    ASSERT_TRUE(tabTo("Reason"));
    type("price shock");
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(breakers().isArmed());
    EXPECT_EQ(why(), QStringLiteral("type VENUE first"));
    type("VENUE");
    hold(500);
    ASSERT_EQ(desk.sent.size(), 1U);
    EXPECT_EQ(desk.sent[0].scope, ScopeKind::Venue);
    EXPECT_TRUE(desk.sent[0].instruments.empty());
}

TEST_F(Console, ReleaseUsesTheSamePattern) {
    OfficerCommand set;
    set.id = CommandId(1);
    set.officer = "officer-1";
    set.instruments = {SmallVenue::kSol};
    set.level = BreakerLevel::Restrict;
    set.duration = Duration::minutes(10);
    set.reason = "thin depth";
    venue.command(set);
    venue.run(2);
    desk.show(venue);
    openConsole();
    shorten();
    breakers().table().setFocus();
    press(Qt::Key_Home);
    breakers().table().selectRow(0);
    press(Qt::Key_R, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(desk.sent.empty());
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(breakers().isArmed());
    type("SOL");
    hold(500);
    ASSERT_EQ(desk.sent.size(), 1U);
    EXPECT_EQ(desk.sent[0].level, BreakerLevel::Normal);
    EXPECT_EQ(desk.sent[0].instruments, std::vector<InstrumentId>{SmallVenue::kSol});
}

TEST_F(Console, StepDownAndRenewalFillTheForm) {
    OfficerCommand set;
    set.id = CommandId(1);
    set.officer = "officer-1";
    set.instruments = {SmallVenue::kSol};
    set.level = BreakerLevel::Restrict;
    set.duration = Duration::minutes(1);
    set.reason = "thin depth";
    venue.command(set);
    venue.run(2);
    desk.show(venue);
    openConsole();
    shorten();
    breakers().table().setFocus();
    breakers().table().selectRow(0);
    press(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(breakers().armPanel().draft().level, BreakerLevel::Tighten);
    breakers().table().setFocus();
    press(Qt::Key_R, Qt::ControlModifier);
    EXPECT_EQ(breakers().armPanel().draft().kind, CommandKind::Renew);
    ASSERT_TRUE(tabTo("Reason"));
    type("still thin");
    press(Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(breakers().isArmed());
    EXPECT_TRUE(why().isEmpty()) << "the last two minutes need the hold only";
    hold(500);
    ASSERT_EQ(desk.sent.size(), 1U);
    EXPECT_EQ(desk.sent[0].kind, CommandKind::Renew);
    EXPECT_EQ(desk.sent[0].reason, "still thin");
}

TEST_F(Console, ARuleThatTurnsTheDirectionDisarms) {
    openConsole();
    armEth();
    OfficerCommand stop;
    stop.id = CommandId(1);
    stop.officer = "officer-2";
    stop.instruments = {SmallVenue::kEth};
    stop.level = BreakerLevel::Stop;
    stop.duration = Duration::minutes(5);
    stop.reason = "other desk";
    venue.command(stop);
    desk.show(venue);
    window->refreshNow();
    EXPECT_FALSE(breakers().isArmed()) << "what was a tightening would now be a loosening";
}

TEST_F(Console, HaltedEngineTakesNoAct) {
    openConsole();
    armEth();
    type("ETH");
    desk.status().halted = true;
    desk.status().haltText = "assertion in books.cpp";
    window->refreshNow();
    EXPECT_EQ(why(), QStringLiteral("the engine is halted: no act reaches the venue"));
    shorten();
    hold(500);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Console, ArmingUnfreezes) {
    openConsole();
    press(Qt::Key_Space, Qt::ControlModifier);
    ASSERT_TRUE(window->isFrozen());
    armEth();
    EXPECT_FALSE(window->isFrozen());
}

}  // namespace
}  // namespace breakwater::ui::test
