#include "ui/fuzzy.hpp"

#include <algorithm>
#include <limits>
#include <vector>

namespace breakwater::ui {
namespace {

constexpr int kLetter = 1;
constexpr int kTogether = 9;    // right after the letter before
constexpr int kWordBegins = 8;  // the first letter of a word
constexpr int kTextBegins = 4;
constexpr int kLeastEach = 5;  // of three letters and more, on average
constexpr int kNone = std::numeric_limits<int>::min() / 2;

bool beginsWord(const QString& text, qsizetype at) {
    return at == 0 || !text[at - 1].isLetterOrNumber();
}

}  // namespace

std::optional<int> fuzzyScore(const QString& pattern, const QString& text) {
    QString wanted;
    for (const QChar c : pattern.toCaseFolded()) {
        if (!c.isSpace()) wanted.append(c);
    }
    if (wanted.isEmpty()) return 0;
    const QString folded = text.toCaseFolded();
    if (folded.size() != text.size() || wanted.size() > folded.size()) return std::nullopt;
    // best[t]: of the letters so far, the last of them standing at t.
    std::vector<int> best(static_cast<std::size_t>(folded.size()), kNone);
    for (qsizetype p = 0; p < wanted.size(); ++p) {
        std::vector<int> next(best.size(), kNone);
        int before = kNone;  // best of the former letter strictly left of t - 1
        for (qsizetype t = 0; t < folded.size(); ++t) {
            const auto at = static_cast<std::size_t>(t);
            if (t >= 2) before = std::max(before, best[at - 2]);
            if (folded[t] != wanted[p]) continue;
            int own =
                kLetter + (beginsWord(folded, t) ? kWordBegins : 0) + (t == 0 ? kTextBegins : 0);
            if (p == 0) {
                next[at] = own;
                continue;
            }
            int from = before;
            if (t >= 1 && best[at - 1] > kNone) from = std::max(from, best[at - 1] + kTogether);
            if (from > kNone) next[at] = from + own;
        }
        best = std::move(next);
    }
    const int score = *std::max_element(best.begin(), best.end());
    if (score <= kNone) return std::nullopt;
    // Letters scattered over a sentence fit nearly everything and mean nothing.
    if (wanted.size() >= 3 && score < kLeastEach * static_cast<int>(wanted.size()))
        return std::nullopt;
    // Of two that fit alike the shorter is meant.
    return score * 16 - static_cast<int>(std::min<qsizetype>(folded.size(), 200));
}

}  // namespace breakwater::ui
