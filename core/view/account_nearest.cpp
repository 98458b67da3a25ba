// What a filter that matches nothing lacks least: "nearest: health<1.12 gives 3".
#include <algorithm>
#include <charconv>

#include "core/view/figures.hpp"

namespace breakwater::view {
namespace {

constexpr std::size_t kMost = 2;

// Multiples of `step` at or beyond the value: a bound a person would type.
double above(double value, double step) {
    const double steps = value / step;
    double whole = static_cast<double>(static_cast<std::int64_t>(steps));
    if (whole <= steps) whole += 1;  // strictly above: the filter says "<"
    return whole * step;
}
double below(double value, double step) { return -above(-value, step); }

std::string shortest(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                   std::chars_format::fixed, value < 100 && value > -100 ? 2 : 0);
    return {text.data(), end.ptr};
}

// The figure by which an account would be matched first, were there no bound on it.
std::optional<AccountFigures> firstWithout(const Snapshot& snapshot, const AccountQuery& query,
                                           AccountColumn sort, bool descending) {
    AccountQuery loose = query;
    loose.sort = sort;
    loose.descending = descending;
    const AccountOrder order = selectAccounts(snapshot, loose);
    if (order.order.empty()) return std::nullopt;
    return figuresOf(snapshot, order.order.front());
}

class Nearest {
public:
    Nearest(const Snapshot& snapshot, const AccountQuery& query)
        : m_snapshot(snapshot), m_query(query) {}

    std::vector<NearestMatch> run() {
        loosenHealth();
        loosenAmount(&AccountQuery::equityAbove, &AccountFigures::equity, AccountColumn::Equity,
                     "equity>");
        loosenAmount(&AccountQuery::grossAbove, &AccountFigures::gross, AccountColumn::Gross,
                     "gross>");
        if (m_query.market) {
            drop(&AccountQuery::market,
                 "market:" + (*m_snapshot.markets)[m_query.market->value()].instrument.code);
        }
        if (m_query.tag) drop(&AccountQuery::tag, "tag:" + std::string(word(*m_query.tag)));
        if (m_query.bandAtLeast) {
            drop(&AccountQuery::bandAtLeast, "band:" + std::string(word(*m_query.bandAtLeast)));
        }
        if (m_query.liquidatingOnly) {
            AccountQuery loose = m_query;
            loose.liquidatingOnly = false;
            offer("without liq", loose);
        }
        if (!m_query.nameContains.empty()) {
            AccountQuery loose = m_query;
            loose.nameContains.clear();
            offer("without " + m_query.nameContains, loose);
        }
        return std::move(m_found);
    }

private:
    void offer(std::string condition, const AccountQuery& loose) {
        if (m_found.size() >= kMost) return;
        const std::size_t count = selectAccounts(m_snapshot, loose).total;
        if (count > 0) m_found.push_back({std::move(condition), count});
    }

    template <class Member>
    void drop(Member member, const std::string& condition) {
        AccountQuery loose = m_query;
        (loose.*member).reset();
        offer("without " + condition, loose);
    }

    void loosenHealth() {
        if (m_query.healthBelow) {
            AccountQuery loose = m_query;
            loose.healthBelow.reset();
            const auto first = firstWithout(m_snapshot, loose, AccountColumn::Health, false);
            if (first && first->health < 1e6) {
                loose.healthBelow = above(first->health, 0.01);
                offer("health<" + shortest(*loose.healthBelow), loose);
            }
        }
        if (m_query.healthFrom) {
            AccountQuery loose = m_query;
            loose.healthFrom.reset();
            const auto first = firstWithout(m_snapshot, loose, AccountColumn::Health, true);
            if (first && first->health < 1e6) {
                loose.healthFrom = below(first->health, 0.01);
                offer("health>=" + shortest(*loose.healthFrom), loose);
            }
        }
    }

    void loosenAmount(std::optional<double> AccountQuery::*bound, double AccountFigures::*figure,
                      AccountColumn sort, const std::string& condition) {
        if (!(m_query.*bound)) return;
        AccountQuery loose = m_query;
        (loose.*bound).reset();
        const auto first = firstWithout(m_snapshot, loose, sort, true);
        if (!first) return;
        const double largest = (*first).*figure;
        double step = 1;  // two figures that count
        while (step * 100 < (largest < 0 ? -largest : largest))
            step *= 10;
        loose.*bound = below(largest, step);
        offer(condition + shortest(*(loose.*bound)), loose);
    }

    const Snapshot& m_snapshot;
    const AccountQuery& m_query;
    std::vector<NearestMatch> m_found;
};

}  // namespace

std::vector<NearestMatch> nearestMatches(const Snapshot& snapshot, const AccountQuery& query) {
    return Nearest(snapshot, query).run();
}

}  // namespace breakwater::view
