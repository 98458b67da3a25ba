#include "widgets/badge.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <QFontMetrics>
#include <QPixmap>
#include <QPixmapCache>

namespace breakwater::widgets {
namespace {

Token chipToken(Priority priority) {
    switch (priority) {
        case Priority::P1: return Token::ChipP1;
        case Priority::P2: return Token::ChipP2;
        case Priority::P3: return Token::ChipP3;
        case Priority::None: break;
    }
    return Token::Panel;
}

QPainterPath polygon(const QPointF& centre, double radius, int corners, double turn) {
    QPolygonF points;
    for (int i = 0; i < corners; ++i) {
        const double angle = turn + 2 * std::numbers::pi * i / corners;
        points << centre + QPointF(radius * std::cos(angle), radius * std::sin(angle));
    }
    QPainterPath path;
    path.addPolygon(points);
    path.closeSubpath();
    return path;
}

bool isMono(FontRole role) {
    switch (role) {
        case FontRole::Hero:
        case FontRole::FigureLarge:
        case FontRole::Figure:
        case FontRole::TableFigure:
        case FontRole::TableTotal:
        case FontRole::Tick:
        case FontRole::MonoBody:
        case FontRole::MonoBodyStrong: return true;
        default: return false;
    }
}

QRectF squareIn(const QRectF& box) {
    const double side = std::min(box.width(), box.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(box.center());
    return square;
}

}  // namespace

QString priorityWord(Priority priority) {
    switch (priority) {
        case Priority::P1: return QStringLiteral("CRIT");
        case Priority::P2: return QStringLiteral("HIGH");
        case Priority::P3: return QStringLiteral("LOW");
        case Priority::None: break;
    }
    return QStringLiteral("normal");
}

Token priorityToken(Priority priority) {
    switch (priority) {
        case Priority::P1: return Token::P1;
        case Priority::P2: return Token::P2;
        case Priority::P3: return Token::P3;
        case Priority::None: break;
    }
    return Token::Text;
}

QPainterPath badgePath(const QRectF& box, Priority priority) {
    const QRectF square = squareIn(box);
    const double r = square.width() / 2;
    const QPointF c = square.center();
    switch (priority) {
        case Priority::P1:
            return polygon(c, r / std::cos(std::numbers::pi / 8), 8, std::numbers::pi / 8);
        case Priority::P2: {
            QPainterPath path;
            path.addPolygon(QPolygonF{{c.x(), square.top() + r * 0.08},
                                      {square.right(), square.bottom() - r * 0.08},
                                      {square.left(), square.bottom() - r * 0.08}});
            path.closeSubpath();
            return path;
        }
        case Priority::P3: {
            QPainterPath path;
            path.addRect(square.adjusted(r * 0.14, r * 0.14, -r * 0.14, -r * 0.14));
            return path;
        }
        case Priority::None: break;
    }
    return polygon(c, r * 0.9, 4, 0);
}

void paintBadge(QPainter& painter, const QRectF& box, Priority priority) {
    const Theme& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(priority == Priority::None ? QBrush(Qt::NoBrush)
                                                : QBrush(theme.color(priorityToken(priority))));
    if (priority == Priority::None) {
        painter.setPen(theme.line(Token::Ctl, 1.2));
    } else if (priority == Priority::P1) {
        painter.setPen(theme.line(Token::OnP1, 1.3));
    } else if (theme.color(Token::BadgeEdge).alpha() > 0) {
        painter.setPen(theme.line(Token::BadgeEdge, 1));
    } else {
        painter.setPen(Qt::NoPen);
    }
    const double inset = painter.pen().style() == Qt::NoPen ? 0 : painter.pen().widthF() / 2;
    painter.drawPath(badgePath(box.adjusted(inset, inset, -inset, -inset), priority));
    painter.restore();
}

void paintBadgeOutline(QPainter& painter, const QRectF& box, Priority priority,
                       const QColor& edge) {
    const double width = Theme::current().pxF(1.6);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(edge, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPath(
        badgePath(box.adjusted(width / 2, width / 2, -width / 2, -width / 2), priority));
    painter.restore();
}

Token toneInRow(Token tone, RowState row) {
    return row == RowState::Selected && tone == Token::Muted ? Token::Secondary : tone;
}

int paintFigure(QPainter& painter, const QRect& box, const QString& text,
                const FigureStyle& style) {
    if (text.isEmpty() || box.width() <= 0) return 0;
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(style.font));
    const QFontMetrics metrics(painter.font());
    const bool chip = style.priority != Priority::None && theme.figuresAreChips();
    const int pad = chip ? theme.px(3) : 0;
    // Part of a number is another number: a figure without room is an ellipsis, never a stump.
    const bool figure = (style.align & Qt::AlignRight) && isMono(style.font);
    const bool fits = metrics.horizontalAdvance(text) <= box.width() - 2 * pad;
    const QString shown = fits ? text
                          : figure
                              ? QString(QChar(0x2026))
                              : metrics.elidedText(text, Qt::ElideRight, box.width() - 2 * pad);
    const int width = metrics.horizontalAdvance(shown) + 2 * pad;
    int left = box.left();
    if (style.align & Qt::AlignRight) left = box.right() + 1 - width;
    if (style.align & Qt::AlignHCenter) left = box.left() + (box.width() - width) / 2;

    Token tone = toneInRow(style.tone, style.row);
    if (chip) {
        QRectF plate(left, 0, width, metrics.height() + theme.pxF(1));
        plate.moveCenter({plate.center().x(), box.top() + box.height() / 2.0});
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(chipToken(style.priority)));
        painter.drawRoundedRect(plate, theme.pxF(2), theme.pxF(2));
        painter.restore();
        tone = Token::Ink;
    } else if (style.priority == Priority::P1 && style.row == RowState::Selected) {
        tone = Token::Text;  // P1 on `sel` is only 3.3:1; the octagon beside it carries the colour
    } else if (style.priority != Priority::None) {
        tone = priorityToken(style.priority);
    }
    painter.setPen(theme.color(tone));
    painter.drawText(QRect(left + pad, box.top(), width - 2 * pad + 1, box.height()),
                     Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
    return width;
}

QBrush hatchBrush(const QColor& color, double opacity) {
    const Theme& theme = Theme::current();
    const int side = std::max(4, theme.px(theme.isHighContrast() ? 4 : 6));
    const QString key =
        QStringLiteral("bw-hatch/%1/%2/%3").arg(color.rgba()).arg(opacity).arg(side);
    QPixmap tile;
    if (!QPixmapCache::find(key, &tile)) {
        tile = QPixmap(side, side);
        tile.fill(Qt::transparent);
        QPainter painter(&tile);
        painter.setRenderHint(QPainter::Antialiasing);
        QColor tint = color;
        tint.setAlphaF(static_cast<float>(opacity));
        painter.setPen(QPen(tint, theme.pxF(1.2)));
        // The neighbours' corners are drawn too, or the line would be cut at the tile's edge.
        for (int shift : {-side, 0, side}) {
            painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1));
        }
        painter.end();
        QPixmapCache::insert(key, tile);
    }
    return QBrush(tile);
}

void paintHatch(QPainter& painter, const QRect& box) {
    const Theme& theme = Theme::current();
    painter.fillRect(box,
                     hatchBrush(theme.color(Token::Muted), theme.isHighContrast() ? 0.45 : 0.3));
}

void paintStale(QPainter& painter, const QRect& box, const QString& text, const QString& age,
                const FigureStyle& style) {
    const Theme& theme = Theme::current();
    const QString shown = text.isEmpty() || age.isEmpty() ? text + age : text + u' ' + age;
    if (shown.isEmpty() || box.width() <= 0) return;
    paintHatch(painter, box);
    QFont font = theme.font(style.font);
    font.setItalic(true);
    painter.setFont(font);
    painter.setPen(theme.color(toneInRow(Token::Muted, style.row)));
    const QFontMetrics metrics(font);
    const int pad = theme.px(2);
    const QRect inner = box.adjusted(pad, 0, -pad, 0);
    // The age is the message: when room is short, the old value is given up first.
    const bool fits = metrics.horizontalAdvance(shown) <= inner.width();
    painter.drawText(inner, static_cast<int>(style.align) | Qt::TextSingleLine,
                     fits || age.isEmpty()
                         ? metrics.elidedText(shown, Qt::ElideRight, inner.width())
                         : metrics.elidedText(age, Qt::ElideRight, inner.width()));
}

StateBadge::StateBadge(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setData({});
}

void StateBadge::setData(const StateBadgeData& next) {
    m_data = next;
    if (m_data.word.isEmpty()) m_data.word = priorityWord(next.priority);
    setAccessibleName(QStringLiteral("state ") + m_data.word);
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::StateWord));
    return {theme.px(13) + theme.px(6) + metrics.horizontalAdvance(m_data.word) + 1, theme.px(20)};
}

void StateBadge::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const int side = theme.px(13);
    paintBadge(painter, QRectF(0, (height() - side) / 2.0, side, side), m_data.priority);
    painter.setFont(theme.font(FontRole::StateWord));
    painter.setPen(theme.color(m_data.priority == Priority::None ? Token::Secondary : Token::Text));
    painter.drawText(rect().adjusted(side + theme.px(6), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     m_data.word);
}

}  // namespace breakwater::widgets
