#include "ui/screens/account_page.hpp"

#include <QGridLayout>

#include "ui/make_data.hpp"
#include "ui/scroll.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {

using widgets::Run;

AccountPage::AccountPage(const ScreenContext& context, QWidget* parent)
    : QScrollArea(parent), m_context(context) {
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(QStringLiteral("One account"));
    setWidget(buildBody());
    widget()->setAutoFillBackground(false);
    viewport()->setAutoFillBackground(false);
    followFocus(*this);
}

QWidget* AccountPage::buildBody() {
    auto* body = new QWidget(this);
    m_head = new AccountHead(body);
    m_positions = new CellsPanel(QStringLiteral("Positions"), QStringLiteral("Positions"),
                                 positionColumns(), 0, body);
    m_positions->table().setEmptyState(nothingHere(
        QStringLiteral("No position"), QStringLiteral("The account holds collateral only.")));
    m_next = new NextStepsPanel(body);
    m_margin = new MarginPanel(body);
    m_terms = new CellsPanel(QStringLiteral("Every term"), QStringLiteral("Terms of the margin"),
                             termColumns(), 1, body);
    m_terms->setCaption(QStringLiteral("exact, to the last unit; adds up to the engine's margin"));
    m_collateral = new CellsPanel(QStringLiteral("Collateral"), QStringLiteral("Collateral"),
                                  collateralColumns(), 0, body);
    m_collateral->setCaption(QStringLiteral("after haircut"));
    m_distance = new CellsPanel(QStringLiteral("Distance to the line"),
                                QStringLiteral("Distance to the line"), distanceColumns(), 0, body);
    m_distance->table().setEmptyState(
        nothingHere(QStringLiteral("No line"),
                    QStringLiteral("Without a position no price can liquidate the account.")));
    m_events = new AccountEventsPanel(body);
    connect(m_events, &AccountEventsPanel::eventActivated, this,
            [this](quint64 sequence) { emit forensicsRequested(Sequence(sequence)); });

    auto* grid = new QGridLayout(body);
    grid->addWidget(m_head, 0, 0, 1, 30);
    grid->addWidget(m_positions, 1, 0, 1, 19);
    grid->addWidget(m_next, 1, 19, 1, 11);
    grid->addWidget(m_margin, 2, 0, 1, 13);
    grid->addWidget(m_terms, 2, 13, 1, 17);
    grid->addWidget(m_collateral, 3, 0, 1, 8);
    grid->addWidget(m_distance, 3, 8, 1, 9);
    grid->addWidget(m_events, 3, 17, 1, 13);
    for (int column = 0; column < 30; ++column)
        grid->setColumnStretch(column, 1);
    followTheme(*body, [this, grid] {
        widgets::arrangePanels(*grid);
        // A panel needs its header, a table header and five rows; below that the page scrolls.
        const int least = widgets::Theme::current().px(168);
        for (int row = 1; row <= 3; ++row) {
            grid->setRowMinimumHeight(row, least);
            grid->setRowStretch(row, row == 2 ? 5 : 4);
        }
    });
    return body;
}

void AccountPage::show(std::shared_ptr<const view::Snapshot> snapshot, AccountId account,
                       const QString& place) {
    const bool same = snapshot == m_sheet.snapshot && account == m_sheet.account;
    m_place = place;
    m_sheet.snapshot = std::move(snapshot);
    m_sheet.account = account;
    if (!same) compute();
    fill();
}

void AccountPage::compute() {
    const view::Snapshot& snapshot = *m_sheet.snapshot;
    m_sheet.figures = view::figuresOf(snapshot, m_sheet.account);
    m_sheet.detail = view::explainAccount(snapshot, m_sheet.account);
    m_sheet.atMark = view::liquidationPath(snapshot, m_sheet.account, view::FillAt::Mark);
    m_sheet.atLimit = view::liquidationPath(snapshot, m_sheet.account, view::FillAt::Limit);
}

void AccountPage::fill() {
    const view::Snapshot& snapshot = *m_sheet.snapshot;
    for (widgets::PanelFrame* panel :
         {static_cast<widgets::PanelFrame*>(m_head), static_cast<widgets::PanelFrame*>(m_margin),
          static_cast<widgets::PanelFrame*>(m_positions), static_cast<widgets::PanelFrame*>(m_next),
          static_cast<widgets::PanelFrame*>(m_terms),
          static_cast<widgets::PanelFrame*>(m_collateral),
          static_cast<widgets::PanelFrame*>(m_distance)}) {
        m_context.age.applyTo(*panel);
    }
    m_head->show(m_sheet, m_place);
    m_positions->setCaption(m_sheet.detail.legs.size() == 1
                                ? QStringLiteral("1 market")
                                : QStringLiteral("%1 markets").arg(m_sheet.detail.legs.size()));
    m_positions->setRows(positionRows(snapshot, m_sheet.detail));
    m_margin->show(m_sheet);
    m_terms->setRows(termRows(snapshot, m_sheet.detail));
    m_collateral->setRows(collateralRows(snapshot, m_sheet.detail));
    m_distance->setCaption(m_sheet.detail.freeMargin.isNegative()
                               ? QStringLiteral("back above maintenance")
                               : QStringLiteral("to maintenance, in double precision"));
    m_distance->setRows(distanceRows(snapshot, m_sheet.detail));
    m_next->show(m_sheet);
    m_events->show(m_context.desk.record(), m_sheet.account, snapshot.sequence, whyNoRecord());
}

QString AccountPage::whyNoRecord() const {
    const DeskStatus status = m_context.desk.status();
    if (!status.recordError.empty())
        return QStringLiteral("Recording stopped: %1.").arg(text(status.recordError));
    return status.recording
               ? QStringLiteral("This session writes a record, but nothing reads it yet.")
               : QStringLiteral(
                     "This session is not recorded. Start without --no-record to keep "
                     "every event.");
}

void AccountPage::toggleFill() {
    m_next->toggleFill();
    if (m_sheet.snapshot) m_next->show(m_sheet);
}

}  // namespace breakwater::ui
