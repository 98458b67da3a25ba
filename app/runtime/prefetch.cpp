#include "app/runtime/prefetch.hpp"

namespace breakwater::runtime {

PrefetchSource::PrefetchSource(StepSource& source)
    : m_source(source), m_thread([this] { read(); }) {}

PrefetchSource::~PrefetchSource() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void PrefetchSource::read() {
    while (true) {
        Batch batch;
        {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [&] { return m_stop || m_ready.size() < kAhead; });
            if (m_stop) return;
            if (!m_spare.empty()) {
                batch = std::move(m_spare.back());
                m_spare.pop_back();
            }
        }
        batch.steps.resize(kBatch);
        batch.used = 0;
        batch.error.reset();
        batch.last = false;
        while (batch.used < kBatch && !batch.last) {
            const Result<bool> more = m_source.next(batch.steps[batch.used]);
            if (!more) batch.error = more.error();
            batch.last = !more || !*more;
            if (!batch.last) ++batch.used;
        }
        const bool done = batch.last;
        {
            const std::lock_guard lock(m_mutex);
            m_ready.push_back(std::move(batch));
        }
        m_changed.notify_all();
        if (done) return;
    }
}

Result<bool> PrefetchSource::next(Step& step) {
    while (!m_started || m_at == m_current.used) {
        if (m_started && m_current.last) {
            if (m_current.error) return Unexpected(*m_current.error);
            return false;
        }
        {
            std::unique_lock lock(m_mutex);
            if (m_started) m_spare.push_back(std::move(m_current));
            m_changed.wait(lock, [&] { return !m_ready.empty(); });
            m_current = std::move(m_ready.front());
            m_ready.pop_front();
        }
        m_changed.notify_all();
        m_started = true;
        m_at = 0;
    }
    std::swap(step, m_current.steps[m_at++]);
    return true;
}

}  // namespace breakwater::runtime
