#include "app/breakwater/loop_meter.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>

#include <QEvent>

namespace breakwater {
namespace {

constexpr int kBeatMs = 2;

double residentMb() {
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line)) {
        if (line.starts_with("VmHWM:")) return std::stod(line.substr(6)) / 1'000;
    }
    return 0;
}

}  // namespace

LoopMeter::LoopMeter(QWidget& window, std::chrono::steady_clock::time_point started)
    : m_window(window), m_started(started) {
    m_window.installEventFilter(this);
}

bool LoopMeter::eventFilter(QObject* object, QEvent* event) {
    if (m_firstPaint == 0 && event->type() == QEvent::Paint) {
        m_firstPaint =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - m_started).count();
    }
    return QObject::eventFilter(object, event);
}

void LoopMeter::measure(int seconds, std::function<double()> inputsPerSecond) {
    m_inputsPerSecond = std::move(inputsPerSecond);
    m_gaps.reserve(static_cast<std::size_t>(seconds) * 1'000);
    m_beat.setTimerType(Qt::PreciseTimer);
    connect(&m_beat, &QTimer::timeout, this, &LoopMeter::beat);
    m_since.start();
    m_beat.start(kBeatMs);
    QTimer::singleShot(seconds * 1'000, this, &LoopMeter::finish);
}

void LoopMeter::beat() {
    const double gap = static_cast<double>(m_since.nsecsElapsed()) * 1e-6 - kBeatMs;
    m_since.restart();
    m_gaps.push_back(std::max(0.0, gap));
}

void LoopMeter::finish() {
    m_beat.stop();
    std::sort(m_gaps.begin(), m_gaps.end());
    const auto at = [&](double share) {
        return m_gaps.empty() ? 0.0
                              : m_gaps[static_cast<std::size_t>(
                                    share * static_cast<double>(m_gaps.size() - 1))];
    };
    std::printf(
        "first paint %.2f s; event-loop gap p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms, largest %.2f "
        "ms over %zu beats; "
        "%.0f inputs/s; largest resident size %.0f MB\n",
        m_firstPaint, at(0.5), at(0.99), at(0.999), at(1.0), m_gaps.size(), m_inputsPerSecond(),
        residentMb());
    m_window.close();
}

}  // namespace breakwater
