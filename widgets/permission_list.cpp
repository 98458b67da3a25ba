#include "widgets/permission_list.hpp"

#include <QPainter>

#include "widgets/badge.hpp"

namespace breakwater::widgets {
namespace {
constexpr double rowHeight = 23;
}

PermissionList::PermissionList(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("permissions"));
}

void PermissionList::setPermissions(const QVector<Permission>& permissions) {
    m_permissions = permissions;
    QStringList words;
    for (const Permission& permission : permissions)
        words << permission.text + u' ' + permission.word;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    updateGeometry();
    update();
}

QSize PermissionList::sizeHint() const {
    const Theme& theme = Theme::current();
    return {theme.px(280), theme.px(rowHeight) * static_cast<int>(m_permissions.size())};
}
QSize PermissionList::minimumSizeHint() const {
    return {Theme::current().px(160), sizeHint().height()};
}

void PermissionList::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int height = theme.px(rowHeight);
    const double r = theme.pxF(5);
    QRect row(0, 0, width(), height);
    for (const Permission& permission : m_permissions) {
        const bool blocked = permission.state == PermissionState::Blocked;
        const QPointF centre(r + 1, row.top() + row.height() / 2.0);
        painter.setPen(theme.line(blocked ? Token::Text : Token::Ctl, blocked ? 1.6 : 1.4));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(centre, r, r);
        if (blocked) {
            const double d = r * 0.7071;
            painter.drawLine(centre + QPointF(-d, d), centre + QPointF(d, -d));
        }
        const FontRole font = blocked ? FontRole::BodyStrong : FontRole::Body;
        const int used = paintFigure(painter, row, permission.word,
                                     {font, blocked ? Token::Text : Token::Muted, Priority::None,
                                      RowState::Plain, Qt::AlignRight | Qt::AlignVCenter});
        paintFigure(painter, row.adjusted(theme.px(18), 0, -used - theme.px(8), 0), permission.text,
                    {font, blocked ? Token::Text : Token::Secondary, Priority::None,
                     RowState::Plain, Qt::AlignLeft | Qt::AlignVCenter});
        row.translate(0, height);
    }
}

}  // namespace breakwater::widgets
