// How long the window makes an event wait, and how soon it first painted.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QWidget>

namespace breakwater {

class LoopMeter final : public QObject {
public:
    LoopMeter(QWidget& window, std::chrono::steady_clock::time_point started);

    // Watches the event loop for so long, prints one line, closes the window.
    void measure(int seconds, std::function<double()> inputsPerSecond);

protected:
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void beat();
    void finish();

    QWidget& m_window;
    std::chrono::steady_clock::time_point m_started;
    double m_firstPaint = 0;
    QTimer m_beat;
    QElapsedTimer m_since;
    std::vector<double> m_gaps;  // ms beyond the beat
    std::function<double()> m_inputsPerSecond;
};

}  // namespace breakwater
