#include "ui/screens/causes_panel.hpp"

#include <QHeaderView>
#include <QPointer>
#include <QScrollBar>

#include "ui/make_data.hpp"
#include "ui/table_choice.hpp"

namespace breakwater::ui {

using widgets::Run;

CausesPanel::CausesPanel(QWidget* parent) : PanelFrame(QStringLiteral("Causal chain"), parent) {
    setCaption(QStringLiteral("first out"));
    m_table = new widgets::DataTable(QStringLiteral("Causal chain, first cause first"), this);
    m_model = new CausesModel(m_table);
    m_table->setModel(m_model);
    m_table->setColumnWidths(m_model->widths());
    m_table->setStretchColumn(CausesModel::What);
    m_table->horizontalHeader()->hide();
    m_table->setRowHeight(38);
    m_table->setColumnHidden(CausesModel::Why, true);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setContent(m_table, widgets::PanelPadding::None);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const CauseLink* link = m_model->linkAt(row)) emit linkActivated(*link);
    });
    // The event itself and what stands right before it stay in sight when the panel shrinks.
    QScrollBar* bar = m_table->verticalScrollBar();
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int most) {
        if (chosenRow(*m_table) < 0) bar->setValue(most);
    });
    describe(State::NothingChosen);
}

void CausesPanel::describe(State state) {
    switch (state) {
        case State::NothingChosen:
            m_table->setEmptyState(nothingHere(
                QStringLiteral("No event is chosen"),
                QStringLiteral("Choose one in the log: its chain shows which input and which "
                               "events led to it.")));
            break;
        case State::Searching:
            m_table->setEmptyState(nothingHere(QStringLiteral("Looking for what led to it"),
                                               QStringLiteral("The record is being read.")));
            break;
        case State::Found:
            m_table->setEmptyState(
                nothingHere(QStringLiteral("Nothing led to it"),
                            QStringLiteral("The record names no input or event before this one.")));
            break;
    }
    setAside(m_model->rowCount() > 0 ? widgets::Runs{Run::key(QKeySequence(Qt::Key_Return)),
                                                     Run::body(QStringLiteral("go to"))}
                                     : widgets::Runs());
}

void CausesPanel::forget() {
    ++m_number;
    m_model->setLinks({});
    describe(State::NothingChosen);
}

void CausesPanel::ask(RecordDesk* record, Sequence sequence, std::uint32_t index) {
    const std::uint64_t number = ++m_number;
    if (record == nullptr) return forget();
    if (m_model->rowCount() == 0) describe(State::Searching);
    record->requestCauses(
        sequence, index,
        [self = QPointer<CausesPanel>(this), number](const std::vector<CauseLink>& links) {
            if (!self.isNull()) self->take(number, links);
        });
}

void CausesPanel::take(std::uint64_t number, const std::vector<CauseLink>& links) {
    if (number != m_number) return;
    m_model->setLinks(links);
    describe(State::Found);
    m_table->scrollToBottom();
}

}  // namespace breakwater::ui
