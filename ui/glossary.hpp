// What every figure on the screens means: definition, formula, inputs, unit, where it is shown.
//
// A panel, a column header or a caption finds its term by the words it writes, so a screen needs
// no list of its own; a test reads every screen and fails for words nobody explains. A new figure
// is one entry in the file of its area.
#pragma once

#include <span>
#include <vector>

#include <QString>

namespace breakwater::ui {

struct Term {
    const char* id;
    const char* term;
    // The words screens write for it, ';' between them, compared without case. "Panel:word" holds
    // only in that panel and goes before; one '*' stands for any text.
    const char* labels;
    const char* definition;
    const char* formula;  // empty: it is not computed
    const char* inputs;   // ids, ';' between them
    const char* unit;     // empty: none
    const char* where;
};

// By area; together they are the glossary.
std::span<const Term> accountTerms();  // glossary_accounts.cpp
std::span<const Term> marketTerms();   // glossary_markets.cpp
std::span<const Term> breakerTerms();  // glossary_breakers.cpp
std::span<const Term> deskTerms();     // glossary_desk.cpp
std::span<const Term> lossTerms();     // glossary_losses.cpp

const std::vector<Term>& glossary();
const Term* termById(const QString& id);
const Term* termFor(const QString& label, const QString& panel = {});
std::vector<const Term*> inputsOf(const Term& term);

}  // namespace breakwater::ui
