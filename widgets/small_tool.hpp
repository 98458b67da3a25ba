#pragma once
// A 24 px button with an icon path or a short figure; not for screens.

#include <algorithm>
#include <optional>

#include <QFontMetrics>
#include <QToolButton>

#include "widgets/icons.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

class SmallTool : public QToolButton {
public:
    explicit SmallTool(QWidget* parent) : QToolButton(parent) {
        setFocusPolicy(Qt::StrongFocus);
        setAttribute(Qt::WA_Hover);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    void setIconShape(Icon icon) {
        m_icon = icon;
        update();
    }
    [[nodiscard]] QSize sizeHint() const override {
        const Theme& theme = Theme::current();
        const QFontMetrics metrics(theme.font(FontRole::Tick));
        const int textWidth = m_icon ? 0 : metrics.horizontalAdvance(text()) + theme.px(14);
        return {std::max(theme.px(26), textWidth), theme.px(24)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::current();
        QPainter painter(this);
        const bool hover = underMouse() && isEnabled();
        roundedBox(painter, rect(), isChecked() || isDown() ? Token::Sel : Token::Btn,
                   isChecked() || hover ? Token::Ctl : Token::Line2, 4);
        const Token tone = !isEnabled() ? Token::Muted : Token::Text;
        if (m_icon) {
            const double side = theme.pxF(14);
            paintIcon(painter, QRectF((width() - side) / 2, (height() - side) / 2, side, side),
                      *m_icon, theme.color(tone));
        } else {
            painter.setFont(theme.font(FontRole::Tick));
            painter.setPen(theme.color(isChecked()   ? Token::Text
                                       : isEnabled() ? Token::Secondary
                                                     : Token::Muted));
            painter.drawText(rect(), Qt::AlignCenter, text());
        }
        if (hasFocus()) focusRing(painter, rect());
    }

private:
    std::optional<Icon> m_icon;
};

}  // namespace breakwater::widgets
