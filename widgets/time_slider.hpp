#pragma once
// The length of a record under a knob: what was played, where the alarms stand, what is not yet
// known hatched behind the knob. A slider in whole seconds for the keys and the screen reader.

#include <optional>

#include <QAbstractSlider>
#include <QVector>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct TimeSliderMark {
    qint64 ms = 0;
    Priority priority = Priority::P3;
    QString text;  // for the tooltip
};

struct TimeSliderData {
    qint64 fromMs = 0;
    qint64 toMs = 0;
    qint64 nowMs = 0;               // what is shown
    std::optional<qint64> knownMs;  // alarms are known up to here; nothing: all are
    QVector<TimeSliderMark> marks;  // by time
};

class TimeSlider : public QAbstractSlider {
    Q_OBJECT
public:
    explicit TimeSlider(QWidget* parent = nullptr);
    // Not while the knob is held: it is where the hand is.
    void setData(const TimeSliderData& data);
    [[nodiscard]] const TimeSliderData& data() const { return m_data; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void timeRequested(qint64 ms);  // by hand or key

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void sliderChange(SliderChange change) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRect track() const;
    [[nodiscard]] int xOf(qint64 ms) const;
    [[nodiscard]] qint64 msAt(int x) const;
    void paintTicks(QPainter& painter) const;
    void paintTrack(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintKnob(QPainter& painter) const;
    void moveTo(int x);

    TimeSliderData m_data;
    bool m_isSetting = false;
};

}  // namespace breakwater::widgets
