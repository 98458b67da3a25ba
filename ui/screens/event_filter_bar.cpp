#include "ui/screens/event_filter_bar.hpp"

#include <algorithm>

#include <QAction>
#include <QCompleter>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QStringListModel>
#include <QVBoxLayout>

#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/pick_box.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::ui {
namespace {

constexpr int kSettleMs = 250;  // a field is read when the typing pauses
constexpr int kCompletions = 12;

// A list of kinds stays open while several are chosen.
class StayOpenMenu : public QMenu {
public:
    using QMenu::QMenu;

protected:
    void mouseReleaseEvent(QMouseEvent* event) override {
        QAction* action = actionAt(event->pos());
        if (action != nullptr && action->isCheckable()) return action->trigger();
        QMenu::mouseReleaseEvent(event);
    }
    void keyPressEvent(QKeyEvent* event) override {
        const bool chooses = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return ||
                             event->key() == Qt::Key_Enter;
        if (chooses && activeAction() != nullptr && activeAction()->isCheckable())
            return activeAction()->trigger();
        QMenu::keyPressEvent(event);
    }
};

}  // namespace

EventFilterBar::EventFilterBar(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    auto* fields = new QHBoxLayout;
    auto* kinds = new QHBoxLayout;
    followTheme(*this, [column, fields, kinds] {
        const widgets::Theme& theme = widgets::Theme::current();
        column->setContentsMargins(theme.px(10), theme.px(7), theme.px(10), theme.px(6));
        column->setSpacing(theme.px(4));
        fields->setSpacing(theme.px(8));
        kinds->setSpacing(theme.px(4));
    });
    buildEdits();
    buildKinds();
    m_words = new widgets::RunLabel(this);
    fields->addWidget(m_account, 3);
    fields->addWidget(m_market, 0);
    fields->addWidget(m_from, 2);
    fields->addWidget(m_to, 2);
    for (widgets::Chip* chip : m_groups)
        kinds->addWidget(chip);
    kinds->addWidget(m_kindsButton);
    kinds->addWidget(m_words, 1);
    column->addLayout(fields);
    column->addLayout(kinds);
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, &EventFilterBar::read);
    markKinds();
}

QLineEdit* EventFilterBar::addEdit(const char* name, const char* placeholder, const char* hint) {
    auto* edit = new QLineEdit(this);
    edit->setAccessibleName(QString::fromUtf8(name));
    edit->setPlaceholderText(QString::fromUtf8(placeholder));
    edit->setToolTip(QString::fromUtf8(hint));
    edit->setClearButtonEnabled(false);
    edit->installEventFilter(this);
    followTheme(*edit, [edit] {
        const widgets::Theme& theme = widgets::Theme::current();
        edit->setFont(theme.font(widgets::FontRole::MonoBody));
        edit->setFixedHeight(theme.px(26));
        edit->setMinimumWidth(theme.px(96));
    });
    connect(edit, &QLineEdit::textEdited, this, [this] { m_settle.start(); });
    connect(edit, &QLineEdit::returnPressed, this, [this] {
        m_settle.stop();
        read();
        emit left();
    });
    return edit;
}

void EventFilterBar::buildEdits() {
    m_account = addEdit("Account of the events", "account, or a part of its name",
                        "An account's name, a part that only one has, or #17");
    m_market = new widgets::PickBox(QStringLiteral("Market of the events"), this);
    m_market->addItem(QStringLiteral("All markets"));
    m_market->installEventFilter(this);
    m_from = addEdit("From", "from 21:15", "First instant, UTC: 21:15, 21:15:04 or a whole date");
    m_to = addEdit("To", "to 21:15", "Last instant, UTC; a minute or second counts whole");
    m_matches = new QStringListModel(this);
    m_completer = new QCompleter(m_matches, this);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_account->setCompleter(m_completer);
    connect(m_account, &QLineEdit::textEdited, this, &EventFilterBar::complete);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this,
            [this] { QTimer::singleShot(0, this, &EventFilterBar::read); });
    connect(m_market, qOverload<int>(&QComboBox::currentIndexChanged), this, [this] {
        if (!m_setting) read();
    });
}

void EventFilterBar::buildKinds() {
    for (const KindGroup& group : kindGroups()) {
        auto* chip = new widgets::Chip(QString::fromUtf8(group.title), this);
        chip->setToolTip(QStringLiteral("Events of this group only"));
        connect(chip, &QAbstractButton::clicked, this, [this, &group] {
            setKinds(group.kinds);
            emit filterChanged();
        });
        m_groups.push_back(chip);
    }
    m_kindsButton = new widgets::RunButton(this);
    m_kindsButton->setOutlined(true);
    m_kindsButton->setText(QStringLiteral("Kinds"));
    m_kindsButton->setAccessibleName(QStringLiteral("Kinds of events"));
    m_kindsButton->setToolTip(QStringLiteral("Choose several kinds (Alt+K)"));
    m_kindsMenu = new StayOpenMenu(this);
    for (std::size_t kind = 0; kind < view::eventKinds().size(); ++kind) {
        QAction* action = m_kindsMenu->addAction(text(view::titleOfKind(kind)));
        action->setCheckable(true);
        action->setData(static_cast<qulonglong>(kind));
        connect(action, &QAction::triggered, this, [this] {
            std::vector<std::size_t> kinds;
            for (const QAction* each : m_kindsMenu->actions()) {
                if (each->isChecked()) kinds.push_back(each->data().toULongLong());
            }
            setKinds(kinds);
            emit filterChanged();
        });
    }
    connect(m_kindsButton, &QAbstractButton::clicked, this, &EventFilterBar::openKinds);
}

void EventFilterBar::openKinds() {
    m_kindsMenu->setActiveAction(m_kindsMenu->actions().front());
    m_kindsMenu->popup(m_kindsButton->mapToGlobal(QPoint(0, m_kindsButton->height())));
}

void EventFilterBar::setNames(const std::shared_ptr<const view::Snapshot>& names) {
    const bool same = m_names && names && m_names->markets && names->markets &&
                      m_names->markets->size() == names->markets->size();
    const bool first = !m_names && names;
    m_names = names;
    if (!same) showMarkets();
    if (first) setFilter(m_filter);  // only now its account has a name
}

void EventFilterBar::showMarkets() {
    m_setting = true;
    while (m_market->count() > 1)
        m_market->removeItem(1);
    if (m_names && m_names->markets) {
        for (const Market& market : *m_names->markets)
            m_market->addItem(text(market.instrument.symbol));
    }
    m_market->setCurrentIndex(m_filter.market ? m_filter.market->value() + 1 : 0);
    m_setting = false;
    m_market->updateGeometry();
}

void EventFilterBar::complete(const QString& part) {
    m_matches->setStringList(m_names && part.trimmed().size() >= 2
                                 ? accountsLike(part, *m_names, kCompletions)
                                 : QStringList());
}

void EventFilterBar::read() {
    if (!m_names) return;
    view::EventFilter next = m_filter;
    next.account.reset();
    next.from.reset();
    next.to.reset();
    if (!m_account->text().trimmed().isEmpty()) {
        const Result<AccountId> account = findAccount(m_account->text(), *m_names);
        if (!account) return complain(text(account.error().message));
        next.account = *account;
    }
    for (const TimeEdge edge : {TimeEdge::From, TimeEdge::To}) {
        const QLineEdit* edit = edge == TimeEdge::From ? m_from : m_to;
        if (edit->text().trimmed().isEmpty()) continue;
        const Result<Instant> time = parseEventTime(edit->text(), m_day, edge);
        if (!time) return complain(text(time.error().message));
        (edge == TimeEdge::From ? next.from : next.to) = *time;
    }
    if (next.from && next.to && *next.to < *next.from)
        return complain(QStringLiteral("the end lies before the beginning"));
    m_wrong = false;
    next.market.reset();
    if (m_market->currentIndex() > 0)
        next.market = InstrumentId(static_cast<std::uint16_t>(m_market->currentIndex() - 1));
    if (next == m_filter) return;
    m_filter = next;
    emit filterChanged();
}

void EventFilterBar::setKinds(const std::vector<std::size_t>& kinds) {
    // All of them are no filter.
    m_filter.kinds = kinds.size() == view::eventKinds().size() ? std::vector<std::size_t>() : kinds;
    markKinds();
}

void EventFilterBar::markKinds() {
    bool isGroup = false;
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        const bool on = kindGroups()[i].kinds == m_filter.kinds;
        m_groups[i]->setCheckable(true);
        m_groups[i]->setChecked(on);
        isGroup = isGroup || on;
    }
    for (QAction* action : m_kindsMenu->actions()) {
        const std::size_t kind = action->data().toULongLong();
        action->setChecked(std::find(m_filter.kinds.begin(), m_filter.kinds.end(), kind) !=
                           m_filter.kinds.end());
    }
    m_kindsButton->setRuns({widgets::Run::body(
        isGroup                      ? QStringLiteral("Kinds…")
        : m_filter.kinds.size() == 1 ? QStringLiteral("1 kind…")
                                     : QStringLiteral("%1 kinds…").arg(m_filter.kinds.size()),
        isGroup ? widgets::Token::Secondary : widgets::Token::Text)});
    m_kindsButton->updateGeometry();
}

void EventFilterBar::complain(const QString& sentence) {
    m_wrong = false;
    showWords(sentence, true);
    m_wrong = true;
}

void EventFilterBar::setFilter(const view::EventFilter& filter) {
    m_settle.stop();
    m_wrong = false;
    m_filter = filter;
    m_setting = true;
    m_account->setText(filter.account && m_names && filter.account->value() < m_names->accountCount
                           ? text(view::nameOf(*m_names, *filter.account))
                           : QString());
    m_from->setText(filter.from ? eventTimeText(*filter.from, TimeEdge::From, m_day) : QString());
    m_to->setText(filter.to ? eventTimeText(*filter.to, TimeEdge::To, m_day) : QString());
    m_market->setCurrentIndex(filter.market ? filter.market->value() + 1 : 0);
    m_setting = false;
    markKinds();
}

void EventFilterBar::setTimes(std::optional<Instant> from, std::optional<Instant> to) {
    view::EventFilter next = m_filter;
    next.from = from;
    next.to = to;
    if (next == m_filter) return;
    setFilter(next);
    emit filterChanged();
}

void EventFilterBar::clear() {
    setFilter({});
    emit filterChanged();
}

void EventFilterBar::focusFirst() {
    m_account->setFocus(Qt::ShortcutFocusReason);
    m_account->selectAll();
}

void EventFilterBar::focusTimes() {
    m_from->setFocus(Qt::ShortcutFocusReason);
    m_from->selectAll();
}

void EventFilterBar::showWords(const QString& words, bool wrong) {
    using widgets::Run;
    if (m_wrong) return;  // what was typed wrong stays said until it is mended
    if (wrong)
        m_words->setRuns(
            {Run::badge(widgets::Priority::P3).after(8), Run::body(words, widgets::Token::Text)});
    else
        m_words->setRuns({Run::caption(words).after(8)});
    m_words->setToolTip(words);
    m_words->setAccessibleName(words);
}

bool EventFilterBar::eventFilter(QObject* watched, QEvent* event) {
    // Esc leaves the filter; the screen's own Esc is for its table.
    const bool isOurs = watched == m_account || watched == m_from || watched == m_to;
    if (!isOurs) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        setFilter(m_filter);  // what was not taken is gone
        emit left();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void EventFilterBar::paintEvent(QPaintEvent*) {
    const widgets::Theme& theme = widgets::Theme::current();
    QPainter painter(this);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.color(widgets::Token::Line));
}

}  // namespace breakwater::ui
