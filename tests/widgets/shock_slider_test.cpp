// Moves by slider, by key and by typed value.
#include "widgets/shock_slider.hpp"

#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include "widgets/theme.hpp"

using namespace breakwater::widgets;

namespace {

constexpr int kLeast = -9'000, kMost = 30'000;

TEST(TypedMove, ReadsWhatAnOfficerWrites) {
    const auto read = [](const char* text) {
        return parseMove(QString::fromUtf8(text), kLeast, kMost).move;
    };
    EXPECT_EQ(read("-20"), -2'000);
    EXPECT_EQ(read("−20%"), -2'000) << "U+2212, as it is shown";
    EXPECT_EQ(read(" +7.5 % "), 750);
    EXPECT_EQ(read("0"), 0);
    EXPECT_EQ(read("-0.05"), -5);
    EXPECT_EQ(read(".5"), 50);
    EXPECT_EQ(read("5."), 500);
    EXPECT_EQ(read("-90"), kLeast);
    EXPECT_EQ(read("300"), kMost);
    for (const char* bad : {"", "-", "%", ".", "ten", "1e2", "--5", "5-", "1,5", "-90.01", "300.01",
                            "1.234", "99999999999999999999"})
        EXPECT_FALSE(read(bad).has_value()) << bad;
}

TEST(TypedMove, SaysWhatIsWrong) {
    EXPECT_EQ(parseMove(QStringLiteral("-95"), kLeast, kMost).error,
              QStringLiteral("between −90% and +300%"));
    EXPECT_FALSE(parseMove(QStringLiteral("x"), kLeast, kMost).error.isEmpty());
    EXPECT_TRUE(parseMove(QStringLiteral("5"), kLeast, kMost).error.isEmpty());
}

TEST(TypedMove, WordsReadBack) {
    for (int move = kLeast; move <= kMost; move += 37)
        ASSERT_EQ(parseMove(moveText(move), kLeast, kMost).move, move);
    EXPECT_EQ(moveText(-2'000), QStringLiteral("−20%"));
    EXPECT_EQ(moveText(0), QStringLiteral("0%"));
    EXPECT_EQ(moveText(1'250), QStringLiteral("+12.5%"));
}

class ShockSliderTest : public testing::Test {
protected:
    void SetUp() override {
        slider.resize(360, 26);
        slider.show();
    }
    ShockSlider slider{QStringLiteral("ETH"), kLeast, kMost};
    QSignalSpy moved{&slider, &ShockSlider::moved};
};

TEST_F(ShockSliderTest, ArrowsNudge) {
    QTest::keyClick(&slider.track(), Qt::Key_Left);
    EXPECT_EQ(slider.move(), -100);
    QTest::keyClick(&slider.track(), Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(slider.move(), -600);
    QTest::keyClick(&slider.track(), Qt::Key_PageUp);
    EXPECT_EQ(slider.move(), 400);
    QTest::keyClick(&slider.track(), Qt::Key_Home);
    EXPECT_EQ(slider.move(), kLeast);
    QTest::keyClick(&slider.track(), Qt::Key_Left);
    EXPECT_EQ(slider.move(), kLeast);
    EXPECT_EQ(moved.size(), 4);
    EXPECT_EQ(slider.edit().text(), QStringLiteral("−90%"));
}

TEST_F(ShockSliderTest, TypedValueIsFollowedWhileTyping) {
    slider.editValue();
    slider.edit().clear();
    QTest::keyClicks(&slider.edit(), QStringLiteral("-20"));
    EXPECT_EQ(slider.move(), -2'000);
    EXPECT_EQ(moved.size(), 2) << "-2, then -20";
    QSignalSpy entered(&slider, &ShockSlider::entered);
    QTest::keyClick(&slider.edit(), Qt::Key_Return);
    EXPECT_EQ(entered.size(), 1);
    EXPECT_EQ(slider.edit().text(), QStringLiteral("−20%"));
}

TEST_F(ShockSliderTest, WrongValueIsSaidAndMovesNothing) {
    QSignalSpy errors(&slider, &ShockSlider::errorChanged);
    QSignalSpy entered(&slider, &ShockSlider::entered);
    slider.edit().clear();
    QTest::keyClicks(&slider.edit(), QStringLiteral("abc"));
    EXPECT_TRUE(slider.error().isEmpty()) << "it may still become a number";
    QTest::keyClick(&slider.edit(), Qt::Key_Return);
    EXPECT_FALSE(slider.error().isEmpty());
    EXPECT_EQ(slider.move(), 0);
    EXPECT_EQ(entered.size(), 0);
    QTest::keyClick(&slider.edit(), Qt::Key_Escape);
    EXPECT_TRUE(slider.error().isEmpty());
    EXPECT_EQ(slider.edit().text(), QStringLiteral("0%"));
    EXPECT_EQ(errors.size(), 2);
    EXPECT_EQ(moved.size(), 0);
}

TEST_F(ShockSliderTest, MouseMovesByWholePercents) {
    for (const int move : {-9'000, -4'500, -100, 0, 100, 15'000, 30'000})
        EXPECT_EQ(slider.track().moveAt(slider.track().xOf(move)), move);
    const QPoint place(static_cast<int>(slider.track().xOf(-4'500)), slider.height() / 2);
    QTest::mouseClick(&slider.track(), Qt::LeftButton, {}, place);
    EXPECT_NEAR(slider.move(), -4'500, 200);
    EXPECT_EQ(slider.move() % 100, 0);
}

}  // namespace
