// The words a screen writes beside its figures, and what stands there now.
#pragma once

#include <vector>

#include "ui/glossary.hpp"

class QWidget;

namespace breakwater::ui {

struct ShownLabel {
    QString panel;  // title of the panel it stands in
    QString label;
    QString value;  // now; empty where there is none
};

// Titles, column headers of shown columns, captions and names of facts under `root`, in the order
// of its panels. Values of a table are those of its chosen row.
std::vector<ShownLabel> labelsUnder(QWidget& root);

struct ShownTerm {
    const Term* term;
    QString value;
};
// Each term once, with the first value found.
std::vector<ShownTerm> termsUnder(QWidget& root);

}  // namespace breakwater::ui
