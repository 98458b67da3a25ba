#include "ui/screens/breaker_commit.hpp"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include "ui/breaker_draft.hpp"

namespace breakwater::ui {
namespace {

QLabel* words(const QString& text, widgets::FontRole role, QWidget* parent) {
    auto* label = new QLabel(text, parent);
    label->setFont(widgets::Theme::current().font(role));
    return label;
}

}  // namespace

CommitPanel::CommitPanel(QWidget* parent) : PanelFrame(QStringLiteral("Commit"), parent) {
    setNumber(2);
    setCaption(QStringLiteral("single officer, embedded venue"));
    const widgets::Theme& theme = widgets::Theme::current();
    auto* body = new QWidget(this);
    auto* column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(theme.px(20));
    auto* type = new QVBoxLayout;
    m_codeName = words(QStringLiteral("Type the code"), widgets::FontRole::Caption, body);
    m_code = new QLineEdit(body);
    m_code->setFont(theme.font(widgets::FontRole::FigureLarge));
    m_code->setFixedHeight(theme.px(40));
    m_code->setMinimumWidth(theme.px(120));
    m_code->setMaximumWidth(theme.px(220));
    m_code->setAccessibleName(QStringLiteral("Code of the scope"));
    m_codeName->setBuddy(m_code);
    type->addWidget(m_codeName);
    type->addWidget(m_code);
    auto* hold = new QVBoxLayout;
    m_hold = new widgets::HoldButton(QStringLiteral("Hold F12"), body);
    hold->addWidget(words(QStringLiteral("Then hold F12, Space on the button, or the mouse"), widgets::FontRole::Caption, body));
    hold->addWidget(m_hold);
    m_disarm = new widgets::ActionButton(QStringLiteral("Disarm"), QKeySequence(Qt::Key_Escape), body);
    row->addLayout(type);
    row->addLayout(hold, 1);
    row->addWidget(m_disarm, 0, Qt::AlignBottom);
    column->addLayout(row);
    column->addStretch(1);
    setContent(body);
    connect(m_code, &QLineEdit::textChanged, this, &CommitPanel::judge);
    connect(m_hold, &widgets::HoldButton::committed, this, &CommitPanel::committed);
    connect(m_disarm, &QAbstractButton::clicked, this, &CommitPanel::disarmRequested);
    judge();
}

QString CommitPanel::whyNot() const {
    if (!m_state.locked.isEmpty()) return m_state.locked;
    if (!m_state.armed) return QStringLiteral("arm an act first");
    if (m_state.code.isEmpty() || codeMatches(m_code->text(), m_state.code)) return {};
    return m_code->text().isEmpty() ? QStringLiteral("type %1 first").arg(m_state.code)
                                    : QStringLiteral("the code is %1").arg(m_state.code);
}

void CommitPanel::judge() {
    m_hold->setText(m_state.armed ? m_state.holdText : QStringLiteral("Hold F12"));
    m_hold->setAccessibleName(m_hold->text());
    m_hold->setDisabledReason(whyNot());
    m_hold->update();
    m_code->setEnabled(m_state.armed && !m_state.code.isEmpty());
    m_disarm->setDisabledReason(m_state.armed ? QString() : QStringLiteral("nothing is armed"));
    m_codeName->setText(!m_state.armed             ? QStringLiteral("Type the code")
                        : m_state.code.isEmpty()   ? QStringLiteral("No code needed")
                                                   : QStringLiteral("Type %1").arg(m_state.code));
}

void CommitPanel::setState(const State& state) {
    m_state = state;
    judge();
}

void CommitPanel::clearCode() { m_code->clear(); }

void CommitPanel::focusCode() {
    if (m_code->isEnabled()) m_code->setFocus(Qt::OtherFocusReason);
    else m_hold->setFocus(Qt::OtherFocusReason);
}

}  // namespace breakwater::ui
