#include "widgets/level_picker.hpp"

#include <algorithm>

#include <QAbstractButton>
#include <QHBoxLayout>
#include <QKeyEvent>

#include "widgets/badge.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {
constexpr double boxHeight = 44;
constexpr double reasonHeight = 18;
}  // namespace

class LevelBox : public QAbstractButton {
public:
    LevelBox(int level, const LevelChoice& choice, QWidget* parent)
        : QAbstractButton(parent), m_word(choice.word) {
        setText(QStringLiteral("L%1").arg(level));
        setCheckable(true);
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(text() + u' ' + choice.word);
        setAccessibleDescription(choice.disabledReason);
        setToolTip(choice.disabledReason);
        setEnabled(choice.disabledReason.isEmpty());
    }
    [[nodiscard]] QSize sizeHint() const override {
        return {Theme::current().px(70), Theme::current().px(boxHeight)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override {
        return {Theme::current().px(44), Theme::current().px(boxHeight)};
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::current();
        QPainter painter(this);
        const bool hover = underMouse() && isEnabled();
        roundedBox(painter, rect(), isChecked() || isDown() ? Token::Sel : Token::Panel,
                   isChecked() ? Token::Text
                   : hover     ? Token::Ctl
                               : Token::Line2,
                   4, isChecked() ? 1.5 : 1);
        // A level the venue cannot express is struck, so it does not depend on a shade of grey.
        if (!isEnabled()) paintHatch(painter, rect().adjusted(2, 2, -2, -2));
        const Token tone = !isEnabled()  ? Token::Muted
                           : isChecked() ? Token::Text
                                         : Token::Secondary;
        painter.setFont(theme.font(isChecked() ? FontRole::MonoBodyStrong : FontRole::MonoBody));
        painter.setPen(theme.color(tone));
        painter.drawText(QRect(0, theme.px(6), width(), theme.px(16)), Qt::AlignCenter, text());
        painter.setFont(theme.font(FontRole::Caption));
        painter.drawText(QRect(0, theme.px(23), width(), theme.px(15)), Qt::AlignCenter, m_word);
        if (hasFocus()) focusRing(painter, rect());
    }

private:
    QString m_word;
};

LevelPicker::LevelPicker(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("level"));
    m_layout = new QHBoxLayout(this);
    m_layout->setSpacing(Theme::current().px(6));
    m_layout->setContentsMargins(0, 0, 0, Theme::current().px(reasonHeight));
    m_layout->setAlignment(Qt::AlignTop);
}

void LevelPicker::setChoices(const QVector<LevelChoice>& choices) {
    for (LevelBox* box : std::as_const(m_boxes)) {
        m_layout->removeWidget(box);
        box->hide();
        box->deleteLater();
    }
    m_boxes.clear();
    m_choices = choices;
    for (int level = 0; level < choices.size(); ++level) {
        auto* box = new LevelBox(level, choices[level], this);
        connect(box, &QAbstractButton::clicked, this, [this, level] { choose(level); });
        m_layout->addWidget(box);
        m_boxes.push_back(box);
    }
    if (m_level >= choices.size() || (m_level >= 0 && !choices[m_level].disabledReason.isEmpty()))
        m_level = -1;
    refresh();
    updateGeometry();
}

void LevelPicker::setLevel(int level) {
    m_level = level >= 0 && level < m_boxes.size() ? level : -1;
    refresh();
}

void LevelPicker::choose(int level) {
    if (level < 0 || level >= m_boxes.size() || !m_boxes[level]->isEnabled()) {
        refresh();
        return;
    }
    const bool changed = level != m_level;
    m_level = level;
    refresh();
    if (changed) emit levelChosen(level);
}

void LevelPicker::moveBy(int step) {
    const int count = static_cast<int>(m_boxes.size());
    int next = m_level < 0 && step < 0 ? count : m_level;
    do {
        next += step;
    } while (next >= 0 && next < count && !m_boxes[next]->isEnabled());
    if (next < 0 || next >= count) return;
    m_boxes[next]->setFocus(Qt::OtherFocusReason);
    choose(next);
}

void LevelPicker::refresh() {
    for (int i = 0; i < m_boxes.size(); ++i)
        m_boxes[i]->setChecked(i == m_level);
    setAccessibleDescription(m_level < 0 ? QStringLiteral("none chosen")
                                         : m_boxes[m_level]->accessibleName());
    update();
}

QString LevelPicker::reasonShown() const {
    QStringList reasons;
    for (int i = 0; i < m_choices.size(); ++i) {
        if (m_choices[i].disabledReason.isEmpty()) continue;
        reasons << QStringLiteral("L%1 ").arg(i) + m_choices[i].disabledReason;
    }
    return reasons.join(QStringLiteral("; "));
}

QSize LevelPicker::sizeHint() const {
    const Theme& theme = Theme::current();
    return {theme.px(70) * std::max(1, static_cast<int>(m_boxes.size())),
            theme.px(boxHeight + reasonHeight)};
}

void LevelPicker::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    paintFigure(painter, QRect(0, theme.px(boxHeight + 2), width(), theme.px(reasonHeight - 2)),
                reasonShown(),
                {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain,
                 Qt::AlignLeft | Qt::AlignVCenter});
}

void LevelPicker::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Left || key == Qt::Key_Right) {
        moveBy(key == Qt::Key_Left ? -1 : 1);
    } else if (event->modifiers() == Qt::NoModifier && key >= Qt::Key_0 &&
               key < Qt::Key_0 + m_boxes.size()) {
        choose(key - Qt::Key_0);
    } else {
        QWidget::keyPressEvent(event);
    }
}

void LevelPicker::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() != QEvent::StyleChange || !m_layout) return;
    m_layout->setSpacing(Theme::current().px(6));
    m_layout->setContentsMargins(0, 0, 0, Theme::current().px(reasonHeight));
}

}  // namespace breakwater::widgets
