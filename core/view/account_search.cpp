#include "core/view/account_search.hpp"

#include <algorithm>
#include <array>

namespace breakwater::view {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same(char a, char lowered) { return lower(a) == lowered; }

enum Rank : std::size_t { Named, Begins, Holds, Ranks };

std::size_t rankOf(std::string_view name, std::string_view wanted) {
    if (name.size() < wanted.size()) return Ranks;
    if (std::equal(wanted.begin(), wanted.end(), name.begin(),
                   [](char w, char n) { return same(n, w); })) {
        return name.size() == wanted.size() ? Named : Begins;
    }
    return std::search(name.begin(), name.end(), wanted.begin(), wanted.end(), same) == name.end()
               ? Ranks
               : Holds;
}

}  // namespace

AccountHits findAccounts(const Snapshot& snapshot, std::string_view text, std::size_t most) {
    AccountHits hits;
    hits.text = std::string(text);
    std::string wanted(text);
    std::transform(wanted.begin(), wanted.end(), wanted.begin(), lower);
    if (wanted.empty()) return hits;
    std::array<std::vector<AccountId>, Ranks> found;
    std::uint32_t id = 0;
    for (const auto& chunk : *snapshot.accounts) {
        for (const std::string& name : *chunk->names) {
            if (id >= snapshot.accountCount) break;
            const std::size_t rank = rankOf(name, wanted);
            if (rank < Ranks) {
                ++hits.total;
                if (found[rank].size() < most) found[rank].emplace_back(id);
            }
            ++id;
        }
    }
    hits.exact = !found[Named].empty();
    for (const std::vector<AccountId>& part : found)
        hits.best.insert(hits.best.end(), part.begin(), part.end());
    if (hits.best.size() > most) hits.best.resize(most);
    return hits;
}

}  // namespace breakwater::view
