// What a person asks of a record's events, on a thread of its own: a page, the causes of one, an
// export. One wish of each kind waits; a newer one of the same kind makes the answer of the older
// vanish. The same for a record that is being written and for one that is only read. No Qt.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/view/causes.hpp"
#include "core/view/event_line.hpp"
#include "storage/event_log.hpp"

namespace breakwater::runtime {

struct EventPageRequest {
    view::EventFilter filter;
    storage::EventPlace from;  // sequence 0: the first event (toward the end), the last one
    storage::Toward toward = storage::Toward::Start;
    std::size_t count = 200;
};

struct EventPageAnswer {
    std::vector<view::EventLine> lines;  // oldest first
    bool complete = false;               // false: the search goes on and the page comes again
    bool atEnd = false;
    double searched = 0;
    std::string error;
};

class RecordQueries {
public:
    using Names = std::function<std::shared_ptr<const view::Snapshot>()>;
    // Answers come on this class's thread.
    using OnPage = std::function<void(EventPageAnswer)>;
    using OnCauses = std::function<void(std::vector<view::CauseLink>)>;
    using OnExport = std::function<void(bool ok, std::string text)>;

    // `log` outlives this and is used by nobody else meanwhile, unless it says otherwise.
    RecordQueries(storage::EventLog& log, Names names);
    ~RecordQueries();
    RecordQueries(const RecordQueries&) = delete;
    RecordQueries& operator=(const RecordQueries&) = delete;

    void requestPage(EventPageRequest request, OnPage answer);
    void requestCauses(Sequence sequence, std::uint32_t index, OnCauses answer);
    // `program` is written into the file's head beside the filter, the end and its digest.
    void requestExport(view::EventFilter filter, std::string path, std::string program,
                       OnExport answer);

private:
    struct PageWish {
        EventPageRequest request;
        OnPage answer;
    };
    struct CausesWish {
        Sequence sequence;
        std::uint32_t index;
        OnCauses answer;
    };
    struct ExportWish {
        view::EventFilter filter;
        std::string path, program;
        OnExport answer;
    };

    void run();
    void page(const PageWish& wish);
    void causes(const CausesWish& wish);
    void exportAll(const ExportWish& wish);
    template <class Wish>
    bool isOvertaken(const std::optional<Wish>& waiting) const;

    storage::EventLog& m_log;
    Names m_names;

    mutable std::mutex m_mutex;  // guards everything down to the blank line
    std::condition_variable m_wake;
    std::optional<PageWish> m_page;
    std::optional<CausesWish> m_causes;
    std::optional<ExportWish> m_export;
    bool m_stopping = false;

    std::thread m_thread;
};

}  // namespace breakwater::runtime
