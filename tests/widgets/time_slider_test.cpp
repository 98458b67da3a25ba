#include "widgets/time_slider.hpp"

#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace breakwater::widgets {
namespace {

constexpr qint64 kFrom = 1'760'130'000'000, kHour = 3'600'000;

TimeSliderData hour() {
    TimeSliderData data;
    data.fromMs = kFrom;
    data.toMs = kFrom + kHour;
    data.nowMs = kFrom + kHour / 2;
    data.marks = {{kFrom + kHour / 4, Priority::P1, QStringLiteral("ETH shock")},
                  {kFrom + kHour / 3, Priority::P3, QStringLiteral("source late")}};
    return data;
}

TEST(TimeSlider, ShowingIsNoWish) {
    TimeSlider slider;
    const QSignalSpy wishes(&slider, &TimeSlider::timeRequested);
    slider.setData(hour());
    EXPECT_EQ(wishes.count(), 0);
    EXPECT_EQ(slider.maximum(), 3'600);
    EXPECT_EQ(slider.value(), 1'800);
}

TEST(TimeSlider, KeysMoveBySecondAndMinuteAndToTheEnds) {
    TimeSlider slider;
    slider.setData(hour());
    QSignalSpy wishes(&slider, &TimeSlider::timeRequested);
    const auto after = [&](int key) {
        QTest::keyClick(&slider, static_cast<Qt::Key>(key));
        return wishes.takeLast().at(0).toLongLong() - kFrom;
    };
    EXPECT_EQ(after(Qt::Key_Right), kHour / 2 + 1'000);
    EXPECT_EQ(after(Qt::Key_Left), kHour / 2);
    EXPECT_EQ(after(Qt::Key_PageUp), kHour / 2 + 60'000);
    EXPECT_EQ(after(Qt::Key_Home), 0);
    EXPECT_EQ(after(Qt::Key_End), kHour);
}

TEST(TimeSlider, TheHandHoldsTheKnobAgainstNews) {
    TimeSlider slider;
    slider.resize(1'000, 30);
    slider.setData(hour());
    QSignalSpy wishes(&slider, &TimeSlider::timeRequested);
    QTest::mousePress(&slider, Qt::LeftButton, Qt::NoModifier, QPoint(800, 20));
    ASSERT_EQ(wishes.count(), 1);
    const qint64 held = wishes.last().at(0).toLongLong();
    EXPECT_NEAR(static_cast<double>(held - kFrom), 0.8 * kHour, 0.01 * kHour);
    slider.setData(hour());
    EXPECT_EQ(slider.data().nowMs, held);
    QTest::mouseRelease(&slider, Qt::LeftButton, Qt::NoModifier, QPoint(800, 20));
    slider.setData(hour());
    EXPECT_EQ(slider.data().nowMs, kFrom + kHour / 2);
}

TEST(TimeSlider, DrawsWithoutALength) {
    TimeSlider slider;
    slider.resize(400, 30);
    EXPECT_FALSE(slider.grab().isNull());
    QTest::mouseClick(&slider, Qt::LeftButton);
    slider.setData(hour());
    EXPECT_FALSE(slider.grab().isNull());
}

}  // namespace
}  // namespace breakwater::widgets
