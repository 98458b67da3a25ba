#include "ui/glossary.hpp"

#include <algorithm>

#include <QHash>
#include <QStringList>

namespace breakwater::ui {
namespace {

struct Pattern {
    QString before, after;  // around the '*'
    const Term* term;
};

struct Labels {
    QHash<QString, const Term*> plain;  // folded label, or "panel:label"
    std::vector<Pattern> patterns;
    QHash<QString, const Term*> byId;
};

// The unit stands beside the word in some places and in it in others.
QString folded(const QString& label) {
    QString out = label.trimmed().toCaseFolded();
    if (out.endsWith(QStringLiteral(" $"))) out.chop(2);
    return out;
}

Labels collect() {
    Labels labels;
    for (const Term& term : glossary()) {
        labels.byId.insert(QString::fromUtf8(term.id), &term);
        QStringList words = QString::fromUtf8(term.labels).split(u';', Qt::SkipEmptyParts);
        words.prepend(QString::fromUtf8(term.term));
        for (const QString& word : std::as_const(words)) {
            const QString key = folded(word);
            const qsizetype star = key.indexOf(u'*');
            if (star < 0) {
                if (!labels.plain.contains(key)) labels.plain.insert(key, &term);
            } else {
                labels.patterns.push_back({key.left(star), key.mid(star + 1), &term});
            }
        }
    }
    return labels;
}

const Labels& labels() {
    static const Labels all = collect();
    return all;
}

const Term* lookUp(const QString& key) {
    const Labels& all = labels();
    if (const Term* term = all.plain.value(key)) return term;
    for (const Pattern& p : all.patterns) {
        if (key.size() > p.before.size() + p.after.size() && key.startsWith(p.before) &&
            key.endsWith(p.after))
            return p.term;
    }
    return nullptr;
}

}  // namespace

const std::vector<Term>& glossary() {
    static const std::vector<Term> all = [] {
        std::vector<Term> terms;
        for (const std::span<const Term> area :
             {accountTerms(), marketTerms(), breakerTerms(), lossTerms(), deskTerms()})
            terms.insert(terms.end(), area.begin(), area.end());
        return terms;
    }();
    return all;
}

const Term* termById(const QString& id) { return labels().byId.value(id); }

const Term* termFor(const QString& label, const QString& panel) {
    const QString key = folded(label);
    if (key.isEmpty()) return nullptr;
    if (!panel.isEmpty()) {
        if (const Term* term = lookUp(folded(panel) + u':' + key)) return term;
    }
    return lookUp(key);
}

std::vector<const Term*> inputsOf(const Term& term) {
    std::vector<const Term*> out;
    for (const QString& id : QString::fromUtf8(term.inputs).split(u';', Qt::SkipEmptyParts)) {
        if (const Term* input = termById(id)) out.push_back(input);
    }
    return out;
}

}  // namespace breakwater::ui
