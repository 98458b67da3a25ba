#include "ui/screens/breaker_commit.hpp"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

#include "ui/breaker_draft.hpp"
#include "ui/labels.hpp"
#include "ui/theme_follow.hpp"

namespace breakwater::ui {
CommitPanel::CommitPanel(QWidget* parent) : PanelFrame(QStringLiteral("Commit"), parent) {
    setNumber(2);
    setCaption(QStringLiteral("single officer, embedded venue"));
    auto* body = new QWidget(this);
    auto* grid = new QGridLayout(body);
    grid->setContentsMargins(0, 0, 0, 0);
    m_code = new QLineEdit(body);
    m_code->setAccessibleName(QStringLiteral("Code of the scope"));
    m_codeName = captionLabel(QStringLiteral("Type the code"), body, m_code);
    m_hold = new widgets::HoldButton(QStringLiteral("Hold F12"), body);
    m_disarm =
        new widgets::ActionButton(QStringLiteral("Disarm"), QKeySequence(Qt::Key_Escape), this);
    grid->addWidget(m_codeName, 0, 0);
    grid->addWidget(
        captionLabel(QStringLiteral("Then hold F12, or Space or the mouse on the button"), body), 0,
        1);
    grid->addWidget(m_code, 1, 0);
    grid->addWidget(m_hold, 1, 1);
    grid->setColumnStretch(1, 1);
    grid->setRowStretch(2, 1);
    followTheme(*body, [this, grid] {
        const widgets::Theme& theme = widgets::Theme::current();
        grid->setHorizontalSpacing(theme.px(14));
        grid->setVerticalSpacing(theme.px(4));
        m_code->setFont(theme.font(widgets::FontRole::FigureLarge));
        m_code->setFixedSize(theme.px(116), theme.px(40));
    });
    setAsideWidget(m_disarm);
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
    m_codeName->setText(!m_state.armed           ? QStringLiteral("Type the code")
                        : m_state.code.isEmpty() ? QStringLiteral("No code needed")
                                                 : QStringLiteral("Type %1").arg(m_state.code));
}

void CommitPanel::setState(const State& state) {
    m_state = state;
    judge();
}

void CommitPanel::clearCode() { m_code->clear(); }

void CommitPanel::focusCode() {
    if (m_code->isEnabled())
        m_code->setFocus(Qt::OtherFocusReason);
    else
        m_hold->setFocus(Qt::OtherFocusReason);
}

}  // namespace breakwater::ui
