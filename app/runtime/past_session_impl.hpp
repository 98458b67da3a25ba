// The session's insides, shared by its two files. Inside app/runtime.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/runtime/past_session.hpp"
#include "app/runtime/past_survey.hpp"

namespace breakwater::runtime {

struct PastSession::Impl {
    struct Wish {
        std::optional<Instant> time;
        std::optional<Sequence> sequence;
        int steps = 0;
        bool second = false;
        std::chrono::steady_clock::time_point since;
    };

    Impl(std::filesystem::path path, std::vector<storage::RecordReader> readers, PastEngine engine,
         const PastOptions& options, Instant from);

    void wish(const Wish& next);
    std::chrono::steady_clock::time_point paceNow() const {
        return options.clock ? options.clock() : std::chrono::steady_clock::now();
    }

    // The session's thread.
    void run();
    bool waitForWork();
    void grant(const Wish& wish);
    void playOn();
    void refine();
    Result<Sequence> goalOf(const Wish& wish);
    void step(int steps);
    Result<std::optional<Sequence>> stepGoal(int steps);
    // The survey stands aside meanwhile; a new wish breaks it off.
    void moveTo(Sequence goal, PastEngine::Need need);
    void photograph();
    void followSurvey();
    void say(std::string error);
    bool interrupted() const { return wishes != granted || stopping; }

    const std::filesystem::path path;
    const PastOptions options;
    std::vector<storage::RecordReader> readers;  // 0: this thread's; 1: the survey's, moved out; 2
    PastEngine engine;

    mutable std::mutex mutex;  // guards everything down to the blank line
    std::condition_variable wake;
    std::optional<Wish> waiting;
    PastSessionStatus shown;
    view::Board latest;
    bool paceChanged = true;
    bool surveyChanged = false;

    std::atomic<std::uint64_t> wishes{0};
    std::uint64_t granted = 0;  // session's thread: of the wish it works on
    std::atomic<bool> stopping{false};
    Instant baseVenue;
    std::chrono::steady_clock::time_point baseReal;

    std::unique_ptr<PastSurvey> survey;
    std::thread thread;
};

}  // namespace breakwater::runtime
