// Order and filter of the accounts table: one pass for keys and sums, the first page, the rest.
#include <algorithm>

#include "core/view/figures.hpp"

namespace breakwater::view {
namespace {

struct Row {
    double key;
    AccountId account;
};

// Names sort by their first eight bytes; only equal heads are compared in full.
struct NamedRow {
    std::uint64_t head;
    AccountId account;
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool containsLowered(std::string_view text, std::string_view lowered) {
    const auto same = [](char a, char b) { return lower(a) == b; };
    return std::search(text.begin(), text.end(), lowered.begin(), lowered.end(), same) !=
           text.end();
}

std::uint64_t headOf(std::string_view name) {
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        head = head << 8 | (i < name.size() ? static_cast<unsigned char>(name[i]) : 0u);
    }
    return head;
}

// Signs do not count: what is near comes first; what is past its threshold comes before that,
// the farthest first; what has no threshold comes last.
double distanceKey(const VenueFigures& venue, const AccountSums& sums, const LegBuffer& legs) {
    constexpr double kNone = std::numeric_limits<double>::infinity();
    if (sums.legs == 0) return kNone;
    const std::optional<double> move =
        distanceOf(venue, sums, bindingLeg({legs.data(), sums.legs}));
    if (!move) return kNone;
    const double size = *move < 0 ? -*move : *move;
    return sums.equity < sums.maintenance ? -size : size;
}

class Selection {
public:
    Selection(const Snapshot& snapshot, const AccountQuery& query, const FirstPage& firstPage)
        : m_snapshot(snapshot),
          m_query(query),
          m_firstPage(firstPage),
          m_venue(venueFigures(snapshot)) {
        m_name.resize(query.nameContains.size());
        std::transform(query.nameContains.begin(), query.nameContains.end(), m_name.begin(), lower);
    }

    AccountOrder run() {
        AccountOrder& result = m_result;
        result.query = m_query;
        result.sequence = m_snapshot.sequence;
        for (std::size_t c = 0; c < m_snapshot.accounts->size(); ++c) {
            const AccountChunk& chunk = *(*m_snapshot.accounts)[c];
            for (std::size_t slot = 0; slot < chunk.accounts.size(); ++slot) {
                const AccountId id(static_cast<std::uint32_t>(c * AccountChunk::kSize + slot));
                if (id.value() < m_snapshot.accountCount) consider(chunk, slot, id, result);
            }
        }
        result.total = m_query.sort == AccountColumn::Name ? m_named.size() : m_rows.size();
        result.order = m_query.sort == AccountColumn::Name ? sortedNames() : sortedKeys();
        result.sorted = result.order.size();
        return std::move(m_result);
    }

private:
    void consider(const AccountChunk& chunk, std::size_t slot, AccountId id, AccountOrder& result) {
        if (!matchesFacts(chunk, slot)) return;
        const AccountSums sums = sumUp(m_venue, chunk, slot, m_legs);
        const double health = healthOf(sums);
        if (m_query.healthBelow && !(health < *m_query.healthBelow)) return;
        if (m_query.healthFrom && !(health >= *m_query.healthFrom)) return;
        if (m_query.equityAbove && !(sums.equity > *m_query.equityAbove)) return;
        if (m_query.grossAbove && !(sums.gross > *m_query.grossAbove)) return;
        result.equity += sums.equity;
        result.maintenance += sums.maintenance;
        result.gross += sums.gross;
        if (m_query.sort == AccountColumn::Name) {
            m_named.push_back({headOf((*chunk.names)[slot]), id});
        } else {
            m_rows.push_back({keyOf(chunk.accounts[slot], sums, health), id});
        }
    }

    // What needs no arithmetic is asked first.
    bool matchesFacts(const AccountChunk& chunk, std::size_t slot) const {
        const Account& account = chunk.accounts[slot];
        if (m_query.liquidatingOnly && account.liquidation.value() == 0) return false;
        if (m_query.tag && account.tag != *m_query.tag) return false;
        if (m_query.bandAtLeast && account.band < *m_query.bandAtLeast) return false;
        if (m_query.market) {
            const auto legs = chunk.legsOf(slot);
            const auto inMarket = [&](const Leg& leg) { return leg.instrument == *m_query.market; };
            if (std::none_of(legs.begin(), legs.end(), inMarket)) return false;
        }
        return m_name.empty() || containsLowered((*chunk.names)[slot], m_name);
    }

    double keyOf(const Account& account, const AccountSums& sums, double health) const {
        switch (m_query.sort) {
            case AccountColumn::Name: break;
            case AccountColumn::Tag: return static_cast<double>(account.tag);
            case AccountColumn::Band: return static_cast<double>(account.band);
            case AccountColumn::Equity: return sums.equity;
            case AccountColumn::Maintenance: return sums.maintenance;
            case AccountColumn::Health: return health;
            case AccountColumn::Distance: return distanceKey(m_venue, sums, m_legs);
            case AccountColumn::Leverage: return leverageOf(sums);
            case AccountColumn::Gross: return sums.gross;
            case AccountColumn::Unrealised: return sums.unrealised;
            case AccountColumn::Cash: return sums.cash;
            case AccountColumn::State: return account.liquidation.value() != 0 ? 1 : 0;
        }
        return 0;
    }

    // Equal keys stand in account order in both directions, so that pages do not shuffle.
    std::vector<AccountId> sortedKeys() {
        if (m_query.descending) {
            for (Row& row : m_rows)
                row.key = -row.key;
        }
        return sorted(m_rows, [](const Row& a, const Row& b) {
            return a.key != b.key ? a.key < b.key : a.account < b.account;
        });
    }

    std::vector<AccountId> sortedNames() {
        const bool down = m_query.descending;
        return sorted(m_named, [&](const NamedRow& a, const NamedRow& b) {
            if (a.head != b.head) return (a.head < b.head) != down;
            const int full = nameOf(m_snapshot, a.account).compare(nameOf(m_snapshot, b.account));
            return full != 0 ? (full < 0) != down : a.account < b.account;
        });
    }

    // The rows that are looked at first come first; ordering the others takes ten times as long.
    template <class Rows, class Before>
    std::vector<AccountId> sorted(Rows& rows, Before before) {
        auto rest = rows.begin();
        if (m_firstPage && rows.size() > kWorthAPage) {
            rest += kPageRows;
            std::nth_element(rows.begin(), rest, rows.end(), before);
            std::sort(rows.begin(), rest, before);
            AccountOrder page = m_result;
            page.order = idsOf(rows);
            page.sorted = kPageRows;
            m_firstPage(std::move(page));
        }
        std::sort(rest, rows.end(), before);
        return idsOf(rows);
    }

    template <class Rows>
    static std::vector<AccountId> idsOf(const Rows& rows) {
        std::vector<AccountId> ids;
        ids.reserve(rows.size());
        for (const auto& row : rows)
            ids.push_back(row.account);
        return ids;
    }

    static constexpr std::ptrdiff_t kPageRows = 1'000;
    static constexpr std::size_t kWorthAPage = 50'000;  // fewer are sorted within a few ms

    const Snapshot& m_snapshot;
    const AccountQuery& m_query;
    const FirstPage& m_firstPage;
    AccountOrder m_result;
    VenueFigures m_venue;
    std::string m_name;
    std::vector<Row> m_rows;
    std::vector<NamedRow> m_named;
    LegBuffer m_legs;
};

}  // namespace

AccountOrder selectAccounts(const Snapshot& snapshot, const AccountQuery& query,
                            const FirstPage& firstPage) {
    return Selection(snapshot, query, firstPage).run();
}

AccountOrder orderAccounts(const Snapshot& snapshot, const AccountQuery& query,
                           const FirstPage& firstPage) {
    AccountOrder order = selectAccounts(snapshot, query, firstPage);
    if (order.total == 0) order.nearest = nearestMatches(snapshot, query);
    return order;
}

}  // namespace breakwater::view
