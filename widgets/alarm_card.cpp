#include "widgets/alarm_card.hpp"

#include <algorithm>

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>

#include "widgets/chip.hpp"
#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double padSide = 12;
constexpr double headHeight = 26;  // line and word
constexpr double titleHeight = 22;
constexpr double bodyLine = 19;
constexpr double buttonsHeight = 40;

}  // namespace

AlarmCard::AlarmCard(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    for (auto*& button : m_buttons) {
        button = new ActionButton(QStringLiteral("Action"), this);
        button->hide();
    }
    for (int i = 0; i < 2; ++i) {
        connect(m_buttons[i], &QAbstractButton::clicked, this, [this, i] {
            if (i < m_data.actions.size()) emit actionTriggered(m_data.id, m_data.actions[i].id);
        });
    }
    setAccessibleName(QStringLiteral("alarm"));
}

void AlarmCard::setData(const AlarmCardData& next) {
    m_data = next;
    setAccessibleName(priorityWord(next.priority) + u' ' + next.title);
    QStringList words;
    for (const QString& word : {next.effect, next.ifLeft, next.todo}) {
        if (!word.isEmpty()) words << word;
    }
    if (next.timeAllowedMs > 0)
        words << QStringLiteral("act within ") + formatCountdown(next.timeLeftMs);
    setAccessibleDescription(words.join(QStringLiteral(". ")));
    for (int i = 0; i < 2; ++i) {
        const bool used = i < next.actions.size();
        m_buttons[i]->setVisible(used);
        if (!used) continue;
        m_buttons[i]->setText(next.actions[i].text);
        m_buttons[i]->setAccessibleName(next.actions[i].text);
        m_buttons[i]->setKey(next.actions[i].keys);
        m_buttons[i]->setDisabledReason(next.actions[i].disabledReason);
    }
    layoutButtons();
    updateGeometry();
    update();
}

int AlarmCard::textHeight(const QString& text, int width) const {
    if (text.isEmpty()) return 0;
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::Body));
    const int room = width - theme.px(2 * padSide + 44);
    if (room <= 0) return theme.px(bodyLine);
    const int height = metrics.boundingRect(0, 0, room, 4000, Qt::TextWordWrap, text).height();
    return std::max(theme.px(bodyLine), height + theme.px(4));
}

int AlarmCard::heightForWidth(int width) const {
    const Theme& theme = Theme::current();
    const int body = textHeight(m_data.effect, width) + textHeight(m_data.ifLeft, width) +
                     textHeight(m_data.todo, width);
    const int buttons = m_data.actions.isEmpty() ? 0 : theme.px(buttonsHeight);
    return theme.px(3) + theme.px(headHeight) + theme.px(titleHeight) + body + buttons +
           theme.px(8);
}

QSize AlarmCard::sizeHint() const {
    const int width = Theme::current().px(340);
    return {width, heightForWidth(this->width() > 0 && isVisible() ? this->width() : width)};
}
QSize AlarmCard::minimumSizeHint() const {
    return {Theme::current().px(200), Theme::current().px(80)};
}

void AlarmCard::layoutButtons() {
    const Theme& theme = Theme::current();
    int x = theme.px(padSide);
    for (ActionButton* button : m_buttons) {
        if (button->isHidden()) continue;
        QSize size = button->sizeHint();
        size.setWidth(
            std::min(size.width(), std::max(theme.px(24), width() - x - theme.px(padSide))));
        button->setGeometry(x, height() - theme.px(8) - size.height(), size.width(), size.height());
        x += size.width() + theme.px(8);
    }
}

void AlarmCard::paintLine(QPainter& painter, int& y, const QString& name,
                          const QString& text) const {
    if (text.isEmpty()) return;
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(FontRole::Body));
    painter.setPen(theme.color(Token::Muted));
    const int left = theme.px(padSide);
    const int gap = QFontMetrics(painter.font()).horizontalAdvance(name) + theme.px(7);
    painter.drawText(QRect(left, y, gap, theme.px(bodyLine)), Qt::AlignLeft | Qt::AlignTop, name);
    painter.setPen(theme.color(Token::Text));
    const int height = textHeight(text, width());
    painter.drawText(QRect(left + gap, y, width() - left - gap - theme.px(padSide), height),
                     Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, text);
    y += height;
}

void AlarmCard::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.color(m_data.current ? Token::Raised : Token::Panel));
    const int bar = theme.px(3);
    painter.fillRect(QRect(0, 0, width(), bar), theme.color(Token::Sunken));
    if (m_data.timeAllowedMs > 0) {
        const double share = std::clamp(
            static_cast<double>(m_data.timeLeftMs) / static_cast<double>(m_data.timeAllowedMs), 0.0,
            1.0);
        painter.fillRect(QRect(0, 0, static_cast<int>(width() * share), bar),
                         theme.color(priorityToken(m_data.priority)));
    }
    const int pad = theme.px(padSide);
    const QRect head(pad, bar + theme.px(2), width() - 2 * pad, theme.px(headHeight));
    Run word = Run::strong(priorityWord(m_data.priority));
    word.font = FontRole::StateWord;
    Runs left{Run::badge(m_data.priority), word};
    if (m_data.acknowledged) left.push_back(Run::caption(QStringLiteral("acknowledged")).after(8));
    Runs right;
    if (m_data.timeAllowedMs > 0) {
        const bool late = m_data.timeLeftMs <= 0;
        right = {Run::caption(late ? QStringLiteral("time is up") : QStringLiteral("act within")),
                 Run::figure(formatCountdown(m_data.timeLeftMs))};
    } else if (!m_data.instantText.isEmpty()) {
        right = {Run::figure(m_data.instantText)};
    }
    paintRuns(painter, head, right, Qt::AlignRight | Qt::AlignVCenter);
    paintRuns(painter, head.adjusted(0, 0, -runsWidth(right) - theme.px(8), 0), left);
    int y = head.bottom() + 1;
    paintFigure(painter, QRect(pad, y, width() - 2 * pad, theme.px(18)), m_data.title,
                {FontRole::CardTitle, Token::Text, Priority::None, RowState::Plain,
                 Qt::AlignLeft | Qt::AlignVCenter});
    y += theme.px(titleHeight);
    paintLine(painter, y, QStringLiteral("Effect"), m_data.effect);
    paintLine(painter, y, QStringLiteral("If left"), m_data.ifLeft);
    paintLine(painter, y, QStringLiteral("Do"), m_data.todo);
    hline(painter, 0, width() - 1, height() - 1, Token::Line);
    if (hasFocus()) focusRing(painter, rect(), 2);
}

void AlarmCard::resizeEvent(QResizeEvent*) {
    layoutButtons();
    // Fixed heights are not asked again by a layout that only knows sizeHint().
    const int wanted = heightForWidth(width());
    if (wanted != height()) updateGeometry();
}

void AlarmCard::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) emit activated(m_data.id);
}

void AlarmCard::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        emit activated(m_data.id);
    else
        QWidget::keyPressEvent(event);
}

void AlarmCard::focusInEvent(QFocusEvent*) { update(); }
void AlarmCard::focusOutEvent(QFocusEvent*) { update(); }

void AlarmCard::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange && m_buttons[1]) layoutButtons();
}

AlarmRow::AlarmRow(QWidget* parent) : RunButton(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(this, &QAbstractButton::clicked, this, [this] { emit activated(m_data.id); });
    setAccessibleName(QStringLiteral("alarm"));
}

void AlarmRow::setData(const AlarmCardData& next) {
    m_data = next;
    setAccessibleName(priorityWord(next.priority) + u' ' + next.title);
    update();
}

QSize AlarmRow::sizeHint() const { return {Theme::current().px(300), Theme::current().px(30)}; }

void AlarmRow::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const bool lit = underMouse() || isDown();
    painter.fillRect(rect(), theme.color(lit ? Token::Sel : Token::Panel));
    const int pad = theme.px(padSide);
    Run when = Run::figure(m_data.instantText, Priority::None, FontRole::Tick);
    when.tone = lit ? Token::Secondary : Token::Muted;
    const Runs right{when};
    paintRuns(painter, rect().adjusted(pad, 0, -pad, 0), right, Qt::AlignRight | Qt::AlignVCenter);
    paintRuns(painter, rect().adjusted(pad, 0, -pad - runsWidth(right) - theme.px(8), 0),
              {Run::badge(m_data.priority), Run::body(m_data.title, Token::Text).after(8)});
    hline(painter, 0, width() - 1, height() - 1, Token::Line);
    if (hasFocus()) focusRing(painter, rect(), 2);
}

}  // namespace breakwater::widgets
