// Reads steps ahead on a thread of its own, so that a replay computes while the record is read
// and its chain checked.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "core/replay/step.hpp"

namespace breakwater::runtime {

class PrefetchSource final : public StepSource {
public:
    // `source` must outlive this and is used by no one else meanwhile.
    explicit PrefetchSource(StepSource& source);
    ~PrefetchSource() override;

    Result<bool> next(Step& step) override;

private:
    struct Batch {
        std::vector<Step> steps;
        std::size_t used = 0;        // of steps: the rest are spare buffers
        std::optional<Error> error;  // after these steps
        bool last = false;
    };
    static constexpr std::size_t kBatch = 512;
    static constexpr std::size_t kAhead = 4;  // batches; the reader waits when they are full

    void read();

    StepSource& m_source;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Batch> m_ready;
    std::vector<Batch> m_spare;
    bool m_stop = false;
    Batch m_current;
    std::size_t m_at = 0;
    bool m_started = false;
    std::thread m_thread;
};

}  // namespace breakwater::runtime
