#include "ui/glossary_find.hpp"

#include <algorithm>

#include "ui/table_choice.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {
namespace {

const widgets::PanelFrame* panelOf(const QWidget* widget) {
    for (const QWidget* at = widget; at != nullptr; at = at->parentWidget()) {
        if (const auto* panel = qobject_cast<const widgets::PanelFrame*>(at)) return panel;
    }
    return nullptr;
}

void addTable(const widgets::DataTable& table, const QString& panel,
              std::vector<ShownLabel>& labels) {
    const QAbstractItemModel* model = table.model();
    if (model == nullptr) return;
    const int row = chosenRow(table);
    for (int column = 0; column < model->columnCount(); ++column) {
        if (table.isColumnHidden(column)) continue;
        ShownLabel label{panel, model->headerData(column, Qt::Horizontal).toString(), {}};
        if (row >= 0)
            label.value = model->index(row, column).data(Qt::AccessibleTextRole).toString();
        labels.push_back(std::move(label));
    }
}

void addPanel(widgets::PanelFrame& panel, std::vector<ShownLabel>& labels) {
    const QString title = panel.title();
    const auto own = [&](const QWidget* widget) { return panelOf(widget) == &panel; };
    labels.push_back({title, title, {}});
    for (const auto* figure : panel.findChildren<widgets::FigureView*>()) {
        if (own(figure) && !figure->data().caption.isEmpty())
            labels.push_back({title, figure->data().caption, figure->data().value});
    }
    for (const auto* bar : panel.findChildren<widgets::KpiBar*>()) {
        if (own(bar) && !bar->data().name.isEmpty())
            labels.push_back({title, bar->data().name, bar->data().text});
    }
    for (const auto* facts : panel.findChildren<widgets::FactList*>()) {
        if (!own(facts)) continue;
        for (const widgets::Fact& fact : facts->facts())
            labels.push_back({title, fact.name, fact.value});
    }
    for (const auto* table : panel.findChildren<widgets::DataTable*>()) {
        if (own(table)) addTable(*table, title, labels);
    }
}

}  // namespace

std::vector<ShownLabel> labelsUnder(QWidget& root) {
    std::vector<ShownLabel> labels;
    if (auto* panel = qobject_cast<widgets::PanelFrame*>(&root)) addPanel(*panel, labels);
    for (widgets::PanelFrame* panel : root.findChildren<widgets::PanelFrame*>())
        addPanel(*panel, labels);
    return labels;
}

std::vector<ShownTerm> termsUnder(QWidget& root) {
    std::vector<ShownTerm> terms;
    for (const ShownLabel& label : labelsUnder(root)) {
        const Term* term = termFor(label.label, label.panel);
        if (term == nullptr) continue;
        const auto known = std::find_if(terms.begin(), terms.end(),
                                        [&](const ShownTerm& t) { return t.term == term; });
        if (known == terms.end()) {
            terms.push_back({term, label.value});
        } else if (known->value.isEmpty()) {
            known->value = label.value;
        }
    }
    return terms;
}

}  // namespace breakwater::ui
