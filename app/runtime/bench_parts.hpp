// The parts of the benchmark. Inside app/runtime.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/runtime/bench.hpp"
#include "core/engine/engine.hpp"

namespace breakwater::runtime {

using BenchClock = std::chrono::steady_clock;

inline double secondsSince(BenchClock::time_point start) {
    return std::chrono::duration<double>(BenchClock::now() - start).count();
}

class Bench {
public:
    Bench(const BenchRequest& request, const std::function<void(const Figure&)>& show)
        : m_request(request), m_show(show) {}

    Result<std::vector<Figure>> run();

private:
    bool wanted(const char* name) const {
        return m_request.only.empty() ||
               std::string(name).find(m_request.only) != std::string::npos;
    }
    std::uint64_t times(std::uint64_t n) const {
        return m_request.quick ? std::max<std::uint64_t>(1, n / 10) : n;
    }
    void report(Figure figure);
    void measureBaseline();
    Result<void> facts();
    Result<void> markMove();
    Result<void> crash();
    Result<void> recording();
    Result<void> reading();
    Result<void> replaying();
    Result<void> opening();
    Result<void> paging();
    Result<void> views();
    Result<void> drill();
    Result<void> whatIf();
    Result<void> memory();
    // A venue of 20,000 well-margined accounts with 3 legs each, one maker beside them.
    Result<std::unique_ptr<Engine>> quietVenue();
    void apply(Engine& engine, Instant time, InputBody body);
    Result<std::filesystem::path> crashRecord();
    // What is opened and paged through: the request's own record, or the crash run's.
    Result<std::filesystem::path> lookedAt();

    const BenchRequest& m_request;
    const std::function<void(const Figure&)>& m_show;
    std::vector<Figure> m_figures;
    std::vector<Event> m_events;
    double m_baseline = 0;
    std::filesystem::path m_crash;
};

}  // namespace breakwater::runtime
