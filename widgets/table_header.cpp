#include "widgets/table_header.hpp"

#include <algorithm>

#include <QAbstractItemModel>
#include <QFontMetrics>

#include "widgets/badge.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

TableHeader::TableHeader(QWidget* parent) : QHeaderView(Qt::Horizontal, parent) {
    setSectionsClickable(true);
    setHighlightSections(false);
    setSectionsMovable(false);
    setSectionResizeMode(QHeaderView::Interactive);
    setMinimumSectionSize(24);
    setAccessibleName(QStringLiteral("column headers"));
}

void TableHeader::setSortShown(int column, Qt::SortOrder order) {
    m_sortColumn = column;
    m_sortOrder = order;
    viewport()->update();
}

QSize TableHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), Theme::current().px(26)};
}

void TableHeader::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(viewport()->rect(), Theme::current().color(Token::Raised));
    hline(painter, 0, viewport()->width() - 1, viewport()->height() - 1, Token::Line2);
    painter.end();
    QHeaderView::paintEvent(event);
}

void TableHeader::paintSection(QPainter* painter, const QRect& rect, int column) const {
    const Theme& theme = Theme::current();
    painter->save();
    painter->fillRect(rect, theme.color(Token::Raised));
    hline(*painter, rect.left(), rect.right(), rect.bottom(), Token::Line2);
    const QVariant align = model()->headerData(column, orientation(), Qt::TextAlignmentRole);
    const bool right = align.isValid() && (Qt::Alignment(align.toInt()) & Qt::AlignRight);
    const QString title = model()->headerData(column, orientation(), Qt::DisplayRole).toString();
    const QString unit = model()->headerData(column, orientation(), HeaderUnitRole).toString();
    QRect box = rect.adjusted(theme.px(8), 0, -theme.px(8), -1);
    const Qt::Alignment side = (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
    const bool sorted = column == m_sortColumn;
    FigureStyle name{FontRole::CaptionMedium, sorted ? Token::Text : Token::Secondary,
                     Priority::None, RowState::Plain, side};
    FigureStyle quiet{FontRole::Caption, Token::Muted, Priority::None, RowState::Plain, side};
    const auto widthOf = [&theme](FontRole role, const QString& text) {
        return QFontMetrics(theme.font(role)).horizontalAdvance(text);
    };
    const int triangle = sorted ? theme.px(12) : 0;
    int unitWidth = unit.isEmpty() ? 0 : widthOf(FontRole::Caption, unit) + theme.px(4);
    // Below the room for both, the unit goes and the title stays.
    if (widthOf(FontRole::CaptionMedium, title) + unitWidth + triangle > box.width()) unitWidth = 0;
    double arrowLeft;
    if (right) {
        if (unitWidth) paintFigure(*painter, box, unit, quiet);
        box.adjust(0, 0, -unitWidth - triangle, 0);
        paintFigure(*painter, box, title, name);
        arrowLeft = box.right() + theme.pxF(4);
    } else {
        int used = paintFigure(*painter, box.adjusted(0, 0, -triangle, 0), title, name);
        arrowLeft = box.left() + used + theme.pxF(4);
        used += triangle + theme.px(4);
        if (unitWidth) paintFigure(*painter, box.adjusted(used, 0, 0, 0), unit, quiet);
    }
    if (sorted) {
        const double w = theme.pxF(7);
        const double h = theme.pxF(5);
        const double top = rect.top() + (rect.height() - h) / 2.0;
        const bool up = m_sortOrder == Qt::AscendingOrder;
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(Token::Text));
        painter->drawPolygon(QPolygonF{{arrowLeft, up ? top + h : top},
                                       {arrowLeft + w, up ? top + h : top},
                                       {arrowLeft + w / 2, up ? top : top + h}});
    }
    painter->restore();
}

}  // namespace breakwater::widgets
