#pragma once
// armed - rehearsed - commanded - sent - accepted - observed effective, each with its limit.

#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

enum class StepState : std::uint8_t { Pending, Running, Done, Late, Failed };

struct TrackStep {
    QString name;
    QString detail;     // the instant, or "158 of 162"
    QString limitText;  // "limit 3 s"
    StepState state = StepState::Pending;
};

class StepTrack : public QWidget {
    Q_OBJECT
public:
    explicit StepTrack(QWidget* parent = nullptr);
    void setSteps(const QVector<TrackStep>& steps);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintKnob(QPainter& painter, const QPointF& centre, StepState state) const;

    QVector<TrackStep> m_steps;
};

}  // namespace breakwater::widgets
