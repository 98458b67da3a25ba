#include "ui/glossary_overlay.hpp"

#include <algorithm>
#include <array>

#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/fuzzy.hpp"
#include "ui/labels.hpp"
#include "ui/make_data.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, 2> kColumns{{
    {"Term", "", 160, Qt::AlignLeft, "What it is called"},
    {"Now", "", 132, Qt::AlignRight, "What it is on this screen"},
}};

QString part(const QString& name, const QString& words) {
    return words.isEmpty()
               ? QString()
               : QStringLiteral("<p><i>%1</i><br>%2</p>").arg(name, words.toHtmlEscaped());
}

}  // namespace

GlossaryOverlay::GlossaryOverlay(QWidget& area)
    : PickOverlay(
          {"Glossary", "what a figure means and what it is made of", "search every term", "Terms"},
          kColumns, 0, area, QSize(940, 560)) {
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_text = sentenceLabel(scroll);
    m_text->setTextFormat(Qt::RichText);
    m_text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_text->setMargin(12);
    m_text->setAccessibleName(QStringLiteral("Explanation"));
    scroll->setWidget(m_text);
    scroll->viewport()->setAutoFillBackground(false);
    m_text->setAutoFillBackground(false);
    addBeside(scroll);
    connect(this, &PickOverlay::typedChanged, this, &GlossaryOverlay::list);
    connect(this, &PickOverlay::chosenChanged, this, &GlossaryOverlay::explain);
}

void GlossaryOverlay::readScreen(QWidget& screen, QWidget* focus, const QString& age) {
    m_age = age;
    m_values = termsUnder(screen);
    m_ofPanel.clear();
    m_panel.clear();
    for (QWidget* at = focus; at != nullptr && at != &screen; at = at->parentWidget()) {
        auto* panel = qobject_cast<widgets::PanelFrame*>(at);
        if (panel == nullptr) continue;
        m_panel = panel->title();
        for (const ShownTerm& shown : termsUnder(*panel)) {
            m_ofPanel.push_back(shown.term);
            // The panel's own figure goes before one of the same name elsewhere.
            for (ShownTerm& value : m_values) {
                if (value.term == shown.term && !shown.value.isEmpty()) value.value = shown.value;
            }
        }
        break;
    }
    setCaption(m_panel.isEmpty()
                   ? QStringLiteral("every term")
                   : QStringLiteral("of %1 first; type to search every term").arg(m_panel));
}

void GlossaryOverlay::showFor(QWidget& screen, QWidget* focus, const QString& age) {
    readScreen(screen, focus, age);
    openEmpty();
}

void GlossaryOverlay::showTerm(QWidget& screen, const QString& id, const QString& age) {
    readScreen(screen, nullptr, age);
    if (const Term* term = termById(id)) m_ofPanel = {term};
    openEmpty();
}

QString GlossaryOverlay::valueOf(const Term& term) const {
    const auto found = std::find_if(m_values.begin(), m_values.end(),
                                    [&](const ShownTerm& shown) { return shown.term == &term; });
    return found == m_values.end() ? QString() : found->value;
}

void GlossaryOverlay::list(const QString& typed) {
    m_listed.clear();
    if (typed.isEmpty()) {
        m_listed = m_ofPanel;
        std::vector<const Term*> others;
        for (const Term& term : glossary()) {
            if (std::find(m_ofPanel.begin(), m_ofPanel.end(), &term) == m_ofPanel.end())
                others.push_back(&term);
        }
        std::stable_sort(others.begin(), others.end(), [](const Term* a, const Term* b) {
            return QString::fromUtf8(a->term).compare(QString::fromUtf8(b->term),
                                                      Qt::CaseInsensitive) < 0;
        });
        m_listed.insert(m_listed.end(), others.begin(), others.end());
    } else {
        std::vector<std::pair<int, const Term*>> scored;
        for (const Term& term : glossary()) {
            auto score = fuzzyScore(typed, QString::fromUtf8(term.term));
            // Other words for it count, a little less than its name.
            for (const QString& word : QString::fromUtf8(term.labels).split(u';')) {
                const auto other = fuzzyScore(typed, word);
                if (other && (!score || *other - 40 > *score)) score = *other - 40;
            }
            if (score) scored.emplace_back(*score, &term);
        }
        std::stable_sort(scored.begin(), scored.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (const auto& [score, term] : scored)
            m_listed.push_back(term);
    }
    std::vector<Pick> picks;
    for (const Term* term : m_listed) {
        Pick pick;
        pick.row.key = QString::fromUtf8(term->id);
        pick.row.cells = {{QString::fromUtf8(term->term), {}}, {valueOf(*term), {}}};
        pick.act = [] {};
        picks.push_back(std::move(pick));
    }
    setPicks(std::move(picks), nothingHere(QStringLiteral("No term is called so"),
                                           QStringLiteral("Fewer letters find more.")));
}

const Term* GlossaryOverlay::chosen() const {
    const int row = chosenPick();
    return row < 0 || static_cast<std::size_t>(row) >= m_listed.size()
               ? nullptr
               : m_listed[static_cast<std::size_t>(row)];
}

QString GlossaryOverlay::explanation() const { return m_text->text(); }

void GlossaryOverlay::explain() {
    const Term* term = chosen();
    if (term == nullptr) return m_text->clear();
    QStringList inputs;
    for (const Term* input : inputsOf(*term)) {
        const QString value = valueOf(*input);
        inputs << (value.isEmpty()
                       ? QString::fromUtf8(input->term)
                       : QString::fromUtf8(input->term) + QStringLiteral(" = ") + value);
    }
    const QString value = valueOf(*term);
    QString html = QStringLiteral("<p><b>%1</b></p><p>%2</p>")
                       .arg(QString::fromUtf8(term->term).toHtmlEscaped(),
                            QString::fromUtf8(term->definition).toHtmlEscaped());
    if (!value.isEmpty()) {
        html += part(QStringLiteral("now"),
                     m_age.isEmpty() ? value : QStringLiteral("%1   (%2)").arg(value, m_age));
    }
    html += part(QStringLiteral("formula"), QString::fromUtf8(term->formula));
    html += part(QStringLiteral("made of"), inputs.join(QStringLiteral(", ")));
    html += part(QStringLiteral("unit"), QString::fromUtf8(term->unit));
    html += part(QStringLiteral("where"), QString::fromUtf8(term->where));
    m_text->setText(html);
}

}  // namespace breakwater::ui
