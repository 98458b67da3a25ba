// What the ids of an event or input are called, from a snapshot of the same record. Inside
// core/view.
//
// An event may be older or newer than the snapshot: what it does not name has a number.
#pragma once

#include <string>

#include "core/view/snapshot.hpp"

namespace breakwater::view {

class Names {
public:
    explicit Names(const Snapshot& snapshot) : m_snapshot(snapshot) {}

    std::string account(AccountId id) const {
        return id.value() < m_snapshot.accountCount ? std::string(nameOf(m_snapshot, id))
                                                    : "account " + std::to_string(id.value());
    }
    std::string market(InstrumentId id) const {
        return m_snapshot.markets && id.value() < m_snapshot.markets->size()
                   ? (*m_snapshot.markets)[id.value()].instrument.symbol
                   : "market " + std::to_string(id.value());
    }
    std::string underlying(UnderlyingId id) const {
        return m_snapshot.underlyings && id.value() < m_snapshot.underlyings->size()
                   ? (*m_snapshot.underlyings)[id.value()].symbol
                   : "underlying " + std::to_string(id.value());
    }
    // "alder", and `unknown` with the number where the profile has no such source.
    std::string source(SourceId id, const char* unknown) const {
        return m_snapshot.profile && id.value() < m_snapshot.profile->sources.size()
                   ? m_snapshot.profile->sources[id.value()]
                   : unknown + std::to_string(id.value());
    }

private:
    const Snapshot& m_snapshot;
};

}  // namespace breakwater::view
