#include "ui/screens/breaker_arm.hpp"

#include <algorithm>

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/labels.hpp"
#include "ui/make_data.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"
#include "widgets/pick_box.hpp"

namespace breakwater::ui {
namespace {

constexpr int kSeveral = -1;
constexpr int kVenue = -2;

QVBoxLayout* field(QLabel* name, QWidget* control) {
    auto* column = new QVBoxLayout;
    column->setSpacing(widgets::Theme::current().px(4));
    column->addWidget(name);
    column->addWidget(control);
    return column;
}

QVector<widgets::LevelChoice> choicesOf(const Profile& profile) {
    QVector<widgets::LevelChoice> out;
    for (int i = 0; i <= static_cast<int>(BreakerLevel::Stop); ++i) {
        const auto level = static_cast<BreakerLevel>(i);
        out.append({levelWord(level),
                    isOnVenue(profile, level) ? QString() : QStringLiteral("not on this venue")});
    }
    return out;
}

}  // namespace

SentenceBox::SentenceBox(QWidget* parent) : QLabel(parent) {
    setTextFormat(Qt::RichText);
    setWordWrap(true);
    followTheme(*this, [this] {
        const widgets::Theme& theme = widgets::Theme::current();
        setMargin(theme.px(10));
        setFont(theme.font(widgets::FontRole::Body));
        setMinimumHeight(theme.px(3 * 17 + 2 * 10));  // three lines
    });
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setAccessibleName(QStringLiteral("What this act will do"));
}

void SentenceBox::show(const ScopeSentence& sentence) {
    setText(QStringLiteral("<b>%1</b> %2")
                .arg(sentence.lead.toHtmlEscaped(), sentence.rest.toHtmlEscaped()));
    setAccessibleDescription(sentence.lead + QLatin1Char(' ') + sentence.rest);
}

void SentenceBox::paintEvent(QPaintEvent* event) {
    const widgets::Theme& theme = widgets::Theme::current();
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(theme.hairline(widgets::Token::Line2));
        painter.setBrush(theme.color(widgets::Token::Raised));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.pxF(4),
                                theme.pxF(4));
    }
    QLabel::paintEvent(event);
}

ArmPanel::ArmPanel(QWidget* parent) : PanelFrame(QStringLiteral("Arm"), parent) {
    setNumber(1);
    setCaption(QStringLiteral("does nothing yet"));
    const widgets::Theme& theme = widgets::Theme::current();
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(theme.px(7));
    column->addWidget(buildScope(body));
    m_level = new widgets::LevelPicker(body);
    m_level->setAccessibleName(QStringLiteral("Level"));
    followTheme(*m_level, [this] { m_level->setMinimumHeight(m_level->sizeHint().height()); });
    column->addLayout(field(captionLabel(QStringLiteral("Level"), body, m_level), m_level));
    column->addWidget(buildTerms(body));
    m_sentence = new SentenceBox(body);
    column->addWidget(m_sentence);
    column->addStretch(1);
    auto* foot = new QHBoxLayout;
    m_arm = new widgets::ActionButton(QStringLiteral("Arm"),
                                      QKeySequence(QStringLiteral("Ctrl+Return")), body);
    m_arm->setRole(widgets::ButtonRole::Primary);
    m_whyNot = captionLabel({}, body);
    foot->addWidget(m_arm);
    foot->addWidget(m_whyNot, 1);
    column->addLayout(foot);
    // At a large zoom the form scrolls; its parts never lie over one another.
    auto* scroll = new QScrollArea(this);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(body);
    body->setAutoFillBackground(false);
    scroll->viewport()->setAutoFillBackground(false);
    followTheme(*scroll, [scroll] { scroll->setMinimumHeight(widgets::Theme::current().px(150)); });
    setContent(scroll);
    connectParts();
}

QWidget* ArmPanel::buildScope(QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(widgets::Theme::current().px(4));
    m_scope = new widgets::PickBox(QStringLiteral("Scope"), box);
    m_set = new widgets::Chip(QStringLiteral("Set level"), box);
    m_renew = new widgets::Chip(QStringLiteral("Renew"), box);
    for (widgets::Chip* chip : {m_set, m_renew})
        chip->setAutoExclusive(true);
    m_set->setChecked(true);
    auto* head = new QHBoxLayout;
    head->addWidget(captionLabel(QStringLiteral("Scope"), box, m_scope), 1);
    head->addWidget(m_set);
    head->addWidget(m_renew);
    m_several = new QListWidget(box);
    m_several->setAccessibleName(QStringLiteral("Markets of the scope"));
    followTheme(*m_several,
                [this] { m_several->setFixedHeight(widgets::Theme::current().px(92)); });
    m_several->hide();
    column->addLayout(head);
    column->addWidget(m_scope);
    column->addWidget(m_several);
    return box;
}

QWidget* ArmPanel::buildTerms(QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    m_minutes = new QSpinBox(box);
    m_minutes->setAccessibleName(QStringLiteral("Duration in minutes"));
    m_minutes->setSuffix(QStringLiteral(" min"));
    m_minutes->setButtonSymbols(QAbstractSpinBox::NoButtons);  // arrows by key
    m_minutes->setRange(1, 1);
    followTheme(*m_minutes,
                [this] { m_minutes->setMinimumHeight(widgets::Theme::current().px(26)); });
    m_ends = new widgets::FigureView(widgets::FontRole::MonoBody, box);
    m_reason = new widgets::PickBox(QStringLiteral("Reason"), box);
    m_reason->setEditable(true);
    m_reason->setInsertPolicy(QComboBox::NoInsert);
    m_reason->addItems({QStringLiteral("price shock"), QStringLiteral("oracle late"),
                        QStringLiteral("oracle deviation"), QStringLiteral("liquidation backlog"),
                        QStringLiteral("thin depth"), QStringLiteral("fund low"),
                        QStringLiteral("market calm again")});
    m_reason->setCurrentIndex(-1);
    m_reason->lineEdit()->setPlaceholderText(QStringLiteral("mandatory"));
    m_reason->lineEdit()->setAccessibleName(QStringLiteral("Reason"));
    row->addLayout(field(captionLabel(QStringLiteral("Duration"), box, m_minutes), m_minutes), 2);
    row->addWidget(m_ends, 2);
    row->addLayout(field(captionLabel(QStringLiteral("Reason"), box, m_reason), m_reason), 3);
    return box;
}

void ArmPanel::connectParts() {
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ArmPanel::onEdited);
    connect(m_several, &QListWidget::itemChanged, this, &ArmPanel::onEdited);
    connect(m_set, &QAbstractButton::toggled, this, &ArmPanel::onEdited);
    connect(m_level, &widgets::LevelPicker::levelChosen, this, [this] {
        if (!m_filling) proposeDuration();
        onEdited();
    });
    connect(m_minutes, &QSpinBox::valueChanged, this, &ArmPanel::onEdited);
    connect(m_reason, &QComboBox::currentTextChanged, this, &ArmPanel::onEdited);
    connect(m_reason, &QComboBox::editTextChanged, this, &ArmPanel::onEdited);
    connect(m_arm, &QAbstractButton::clicked, this, &ArmPanel::armRequested);
}

void ArmPanel::listMarkets() {
    m_filling = true;
    const Profile& profile = *m_snapshot->profile;
    m_scope->clear();
    m_several->clear();
    for (const Market& market : *m_snapshot->markets) {
        const QString symbol = text(market.instrument.symbol);
        m_scope->addItem(symbol, int(market.instrument.id.value()));
        auto* item = new QListWidgetItem(symbol, m_several);
        item->setData(Qt::UserRole, int(market.instrument.id.value()));
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item->setCheckState(Qt::Unchecked);
    }
    m_scope->addItem(QStringLiteral("Several markets"), kSeveral);
    m_scope->addItem(QStringLiteral("Whole venue, %1 markets").arg(m_snapshot->markets->size()),
                     kVenue);
    m_level->setChoices(choicesOf(profile));
    m_level->setMinimumHeight(m_level->sizeHint().height());
    m_level->setLevel(static_cast<int>(isOnVenue(profile, BreakerLevel::Restrict)
                                           ? BreakerLevel::Restrict
                                           : profile.levels.front().level));
    m_scope->setCurrentIndex(0);
    proposeDuration();
    m_filling = false;
}

ScopeKind ArmPanel::scopeKind() const {
    const int chosen = m_scope->currentData().toInt();
    return chosen == kVenue     ? ScopeKind::Venue
           : chosen == kSeveral ? ScopeKind::List
                                : ScopeKind::Market;
}

BreakerLevel ArmPanel::level() const {
    return static_cast<BreakerLevel>(
        std::clamp(m_level->level(), 0, static_cast<int>(BreakerLevel::Stop)));
}

BreakerDraft ArmPanel::draft() const {
    BreakerDraft out;
    out.kind = m_renew->isChecked() ? CommandKind::Renew : CommandKind::SetLevel;
    out.scope = scopeKind();
    if (out.scope == ScopeKind::Market && m_scope->currentIndex() >= 0) {
        out.markets = {InstrumentId(static_cast<std::uint16_t>(m_scope->currentData().toInt()))};
    }
    if (out.scope == ScopeKind::List) {
        for (int i = 0; i < m_several->count(); ++i) {
            const QListWidgetItem* item = m_several->item(i);
            if (item->checkState() != Qt::Checked) continue;
            out.markets.push_back(
                InstrumentId(static_cast<std::uint16_t>(item->data(Qt::UserRole).toInt())));
        }
    }
    out.level = level();
    out.duration = Duration::minutes(m_minutes->value());
    out.reason = m_reason->currentText();
    return out;
}

void ArmPanel::proposeDuration() {
    if (!m_snapshot) return;
    const Profile& profile = *m_snapshot->profile;
    const BreakerDraft now = draft();
    const BreakerLevel level =
        now.kind == CommandKind::Renew ? standingLevel(now, *m_snapshot) : now.level;
    const auto minutes = [](Duration d) { return static_cast<int>(d.wholeSeconds() / 60); };
    const int longest = std::max(1, minutes(longestOf(profile, level)));
    m_minutes->setRange(1, longest);
    m_minutes->setValue(std::max(1, minutes(proposedOf(profile, level))));
    m_minutes->setToolTip(
        QStringLiteral("at most %1 min at %2").arg(longest).arg(levelCode(level)));
}

void ArmPanel::prepare(const BreakerDraft& draft) {
    m_filling = true;
    (draft.kind == CommandKind::Renew ? m_renew : m_set)->setChecked(true);
    const int wanted = draft.scope == ScopeKind::Venue  ? kVenue
                       : draft.scope == ScopeKind::List ? kSeveral
                       : draft.markets.empty()          ? kVenue
                                                        : int(draft.markets.front().value());
    m_scope->setCurrentIndex(m_scope->findData(wanted));
    for (int i = 0; i < m_several->count(); ++i) {
        const InstrumentId id(
            static_cast<std::uint16_t>(m_several->item(i)->data(Qt::UserRole).toInt()));
        const bool in =
            std::find(draft.markets.begin(), draft.markets.end(), id) != draft.markets.end();
        m_several->item(i)->setCheckState(in ? Qt::Checked : Qt::Unchecked);
    }
    m_level->setLevel(static_cast<int>(draft.level));
    proposeDuration();
    if (draft.duration > Duration())
        m_minutes->setValue(static_cast<int>(draft.duration.wholeSeconds() / 60));
    m_reason->setEditText(draft.reason);
    m_filling = false;
    onEdited();
}

void ArmPanel::onEdited() {
    m_several->setVisible(scopeKind() == ScopeKind::List);
    if (m_filling) return;
    const bool renewing = m_renew->isChecked();
    if (m_level->isEnabled() == renewing) {
        m_level->setEnabled(!renewing);
        m_filling = true;
        proposeDuration();
        m_filling = false;
    }
    emit edited();
}

void ArmPanel::setArmed(const QString& since) {
    setAside(since.isEmpty()
                 ? widgets::Runs{}
                 : widgets::Runs{widgets::Run::body(QStringLiteral("armed"), widgets::Token::Text),
                                 widgets::Run::figure(since)});
    setCaption(since.isEmpty() ? QStringLiteral("does nothing yet")
                               : QStringLiteral("a change here disarms"));
}

void ArmPanel::setWhyNot(const QString& reason) {
    m_arm->setDisabledReason(reason);
    m_whyNot->setText(reason);
}

void ArmPanel::focusFirst() { m_scope->setFocus(Qt::OtherFocusReason); }

void ArmPanel::refresh(const std::shared_ptr<const view::Snapshot>& snapshot) {
    const bool listed = m_snapshot && m_snapshot->markets->size() == snapshot->markets->size();
    m_snapshot = snapshot;
    if (!listed) listMarkets();
    const BreakerDraft now = draft();
    m_sentence->show(sentenceOf(now, *m_snapshot));
    const BreakerLevel level =
        now.kind == CommandKind::Renew ? standingLevel(now, *m_snapshot) : now.level;
    const bool ends = level != BreakerLevel::Normal;
    m_minutes->setEnabled(ends);
    const QString name =
        now.kind == CommandKind::Renew ? QStringLiteral("Ends") : QStringLiteral("Steps down at");
    m_ends->setData(ends ? figure(name, clockText(m_snapshot->asOf + now.duration))
                         : figureWithout(name, QStringLiteral("no end")));
}

}  // namespace breakwater::ui
