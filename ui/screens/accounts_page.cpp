// Accounts: from the table into one account and back.
#include <algorithm>

#include <QAction>
#include <QStackedWidget>

#include "ui/actions.hpp"
#include "ui/screens/account_page.hpp"
#include "ui/screens/accounts.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {

void AccountsScreen::addPageActions() {
    m_openAction = makeAction(*this, {"Open the account", "Ctrl+O",
                                      "The chosen account in full: margin, next steps, events"});
    connect(m_openAction, &QAction::triggered, this, [this] {
        if (m_selected) openAccount(*m_selected);
    });
    QAction* next = makeAction(*this, {"Next account", "Ctrl+Down",
                                       "The account below in the table's order: who falls next"});
    connect(next, &QAction::triggered, this, [this] { stepAccount(1); });
    QAction* former =
        makeAction(*this, {"Former account", "Ctrl+Up", "The account above in the table's order"});
    connect(former, &QAction::triggered, this, [this] { stepAccount(-1); });
    m_fillAction =
        makeAction(*this, {"Next steps at mark or limit", "Ctrl+M",
                           "Whether the rehearsed orders fill at the mark or at their limit"});
    connect(m_fillAction, &QAction::triggered, this, [this] { m_page->toggleFill(); });
    refreshActions();
}

void AccountsScreen::refreshActions() {
    allow(*m_openAction, m_selected && !m_opened,
          m_opened ? "it is open already" : "choose a row first");
    allow(*m_fillAction, m_opened.has_value(), "open an account first");
}

QWidget* AccountsScreen::firstFocus() {
    return m_opened ? m_page->firstFocus() : static_cast<QWidget*>(m_table);
}

ScreenTarget AccountsScreen::eventsOf(AccountId account, std::optional<Sequence> sequence) const {
    ScreenTarget target{QStringLiteral("forensics"), {}, std::nullopt};
    target.filter = QStringLiteral("account:") + text(view::nameOf(*m_snapshot, account));
    target.account = account;
    target.sequence = sequence;
    return target;
}

std::optional<ScreenTarget> AccountsScreen::targetFor(const QString& screen) const {
    if (!m_opened || !m_snapshot || screen != QLatin1String("forensics")) return std::nullopt;
    return eventsOf(*m_opened, std::nullopt);
}

void AccountsScreen::openAccount(AccountId account) {
    if (!m_snapshot) {
        m_wanted = account;
        return;
    }
    if (account.value() >= m_snapshot->accountCount) {
        emit commandSent(QStringLiteral("There is no such account at this instant."));
        return;
    }
    m_opened = account;
    m_selected = account;
    restoreSelection();
    m_pages->setCurrentWidget(m_page);
    showPage();
    refreshActions();
    m_page->firstFocus()->setFocus(Qt::OtherFocusReason);
}

void AccountsScreen::closeAccount() {
    m_opened.reset();
    m_pages->setCurrentIndex(0);
    restoreSelection();
    if (const int row = m_table->currentRow(); row >= 0) m_table->scrollTo(m_model->index(row, 0));
    refreshActions();
    m_table->setFocus(Qt::OtherFocusReason);
}

void AccountsScreen::stepAccount(int by) {
    const int rows = m_model->rowCount();
    if (rows == 0) return;
    const int row = m_selected ? m_model->rowOf(*m_selected) : -1;
    const int to = row < 0 ? 0 : std::clamp(row + by, 0, rows - 1);
    if (to == row) return;
    const AccountId account = *m_model->accountAt(to);
    if (m_opened) return openAccount(account);
    m_table->selectRow(to);
}

QString AccountsScreen::placeOf(AccountId account) const {
    const view::AccountOrder* order = m_model->order();
    const int row = m_model->rowOf(account);
    if (order == nullptr || row < 0) return QStringLiteral("not among the filtered accounts");
    const QString column = m_model
                               ->headerData(AccountsModel::columnOf(order->query.sort),
                                            Qt::Horizontal, Qt::DisplayRole)
                               .toString();
    return QStringLiteral("%1 of %2 by %3, %4")
        .arg(widgets::formatCount(row + 1),
             widgets::formatCount(static_cast<std::int64_t>(order->order.size())), column.toLower(),
             order->query.descending ? QStringLiteral("highest first")
                                     : QStringLiteral("lowest first"));
}

void AccountsScreen::showPage() {
    if (!m_opened || !m_snapshot) return;
    // A record that is read may be put back before the account was opened.
    if (m_opened->value() >= m_snapshot->accountCount) return closeAccount();
    m_page->show(m_snapshot, *m_opened, placeOf(*m_opened));
}

bool AccountsScreen::isReady() const {
    return m_ready && !(m_pages->currentWidget() == m_page && m_page->events().isWaiting());
}

}  // namespace breakwater::ui
