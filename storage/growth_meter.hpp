// How fast a record grows, from its size at its commits over the last minute. Internal.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>

namespace breakwater::storage {

class GrowthMeter {
public:
    using Clock = std::chrono::steady_clock;

    void note(Clock::time_point now, std::uint64_t sizeBytes) {
        if (m_samples.size() > 1 && now - m_samples[m_samples.size() - 2].at < kSpacing) {
            m_samples.back() = {now, sizeBytes};
        } else {
            m_samples.push_back({now, sizeBytes});
        }
        while (m_samples.size() > 2 && now - m_samples[1].at > kWindow)
            m_samples.pop_front();
    }

    double bytesPerSecond() const {
        if (m_samples.size() < 2) return 0;
        const Sample& first = m_samples.front();
        const Sample& last = m_samples.back();
        const std::chrono::duration<double> passed = last.at - first.at;
        if (passed.count() <= 0 || last.sizeBytes <= first.sizeBytes) return 0;
        return static_cast<double>(last.sizeBytes - first.sizeBytes) / passed.count();
    }

private:
    static constexpr std::chrono::seconds kSpacing{1};
    static constexpr std::chrono::seconds kWindow{60};
    struct Sample {
        Clock::time_point at;
        std::uint64_t sizeBytes;
    };
    std::deque<Sample> m_samples;
};

}  // namespace breakwater::storage
