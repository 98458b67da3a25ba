#pragma once
// Mode, venue time, venue, officer and the speed of the embedded venue.

#include <optional>

#include <QVector>
#include <QWidget>

#include "widgets/text_run.hpp"

class QHBoxLayout;
class QToolButton;

namespace breakwater::widgets {

enum class Mode : std::uint8_t { Live, WhatIf, Past, Drill, ReadOnly };
QString modeWord(Mode mode);  // LIVE, WHAT-IF, PAST, DRILL, READ-ONLY

struct SpeedControl {
    double factor = 1;
    bool paused = false;
    QVector<double> choices;                                  // 1, 5, 20
    QString what = QStringLiteral("Run the embedded venue");  // of the tooltips
};

struct ModeBarData {
    Mode mode = Mode::Live;
    QString modeDetail;    // the instant of PAST, the name of a drill
    qint64 instantMs = 0;  // UTC, venue time
    QString venue;
    QString officer;
    QString officerRole;
    QString opened;                     // "opened from" this file; empty: left out
    QString second;                     // empty: left out
    QString shift;                      // "shift ends 22:00Z"; empty: left out
    std::optional<SpeedControl> speed;  // left out on a real feed
    bool search = false;                // the field is drawn only when something answers it
};

class ModeChip : public QWidget {
    Q_OBJECT
public:
    explicit ModeChip(QWidget* parent = nullptr);
    void setMode(Mode mode, const QString& detail);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Mode m_mode = Mode::Live;
    QString m_detail;
};

class ModeBar : public QWidget {
    Q_OBJECT
public:
    explicit ModeBar(QWidget* parent = nullptr);
    void setData(const ModeBarData& data);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void pauseToggled(bool pause);  // true: please pause
    void stepRequested();
    void speedRequested(double factor);
    void searchRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void rebuildSpeed();
    void applyMetrics();
    void refreshSpeed();

    ModeBarData m_data;
    ModeChip* m_chip = nullptr;
    RunLabel* m_time = nullptr;
    RunLabel* m_who = nullptr;
    RunLabel* m_shift = nullptr;
    RunLabel* m_factor = nullptr;
    QWidget* m_speedArea = nullptr;
    QHBoxLayout* m_speedLayout = nullptr;
    QToolButton* m_pause = nullptr;
    QToolButton* m_step = nullptr;
    QVector<QToolButton*> m_speeds;
    RunButton* m_search = nullptr;
};

}  // namespace breakwater::widgets
