#include "widgets/level_boxes.hpp"

#include <QFontMetrics>

#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {
constexpr double boxWidth = 13;
constexpr double boxHeight = 11;
constexpr double boxGap = 2;
}  // namespace

int levelBoxesWidth(const LevelBoxesData& data) {
    const Theme& theme = Theme::current();
    int width = data.maximum * (theme.px(boxWidth) + theme.px(boxGap)) - theme.px(boxGap);
    if (!data.text.isEmpty()) {
        width += theme.px(6) +
                 QFontMetrics(theme.font(FontRole::TableFigure)).horizontalAdvance(data.text);
    }
    return width;
}

void paintLevelBoxes(QPainter& painter, const QRect& box, const LevelBoxesData& data) {
    const Theme& theme = Theme::current();
    const int width = theme.px(boxWidth);
    const int height = theme.px(boxHeight);
    int x = box.left();
    const int y = box.top() + (box.height() - height) / 2;
    for (int i = 1; i <= data.maximum; ++i) {
        const QRect cell(x, y, width, height);
        const bool filled = i <= data.level;
        const bool stuck = filled && i == data.level && data.stuck != Priority::None;
        const Token fill = stuck ? priorityToken(data.stuck) : Token::Text;
        if (filled)
            roundedBox(painter, cell, fill, fill, 2);
        else
            roundedEdge(painter, cell, Token::Ctl, 2);
        // Commanded but not yet observed: a mark inside the box, never a filled box.
        if (!filled && i <= data.commanded) {
            const int inset = theme.px(4);
            painter.fillRect(cell.adjusted(inset, inset, -inset, -inset), theme.color(Token::Text));
        }
        x += width + theme.px(boxGap);
    }
    if (data.text.isEmpty()) return;
    x += theme.px(6) - theme.px(boxGap);
    paintFigure(painter, QRect(x, box.top(), box.right() - x + 1, box.height()), data.text,
                {FontRole::TableFigure, data.level > 0 ? Token::Text : Token::Secondary,
                 Priority::None, data.row, Qt::AlignLeft | Qt::AlignVCenter});
}

LevelBoxes::LevelBoxes(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("level"));
}

void LevelBoxes::setData(const LevelBoxesData& next) {
    m_data = next;
    setAccessibleName(QStringLiteral("level %1 of %2").arg(next.level).arg(next.maximum));
    setAccessibleDescription(next.text);
    updateGeometry();
    update();
}

QSize LevelBoxes::sizeHint() const {
    return {levelBoxesWidth(m_data) + 1, Theme::current().px(20)};
}

void LevelBoxes::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintLevelBoxes(painter, rect(), m_data);
}

}  // namespace breakwater::widgets
