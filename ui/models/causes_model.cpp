#include "ui/models/causes_model.hpp"

#include <array>
#include <utility>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, CausesModel::Columns> kColumns{{
    {"Time", "UTC", 72, Qt::AlignLeft, "Venue time"},
    {"What", "", 130, Qt::AlignLeft, "The input or event"},
    {"Why", "", 132, Qt::AlignRight, "How it led to the next"},
}};

}  // namespace

CausesModel::CausesModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void CausesModel::setLinks(std::vector<CauseLink> links) {
    beginResetModel();
    m_links = std::move(links);
    endResetModel();
}

void CausesModel::setCursor(std::optional<Sequence> cursor) {
    if (cursor == m_cursor) return;
    m_cursor = cursor;
    everythingChanged();
}

const CauseLink* CausesModel::linkAt(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &m_links[static_cast<std::size_t>(row)];
}

int CausesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_links.size());
}

int CausesModel::linkFlags(int row) const {
    const auto isLater = [&](int at) {
        return m_cursor && m_links[static_cast<std::size_t>(at)].sequence > *m_cursor;
    };
    int flags = 0;
    if (row > 0) flags |= isLater(row) ? widgets::LinkAboveDashed : widgets::LinkAbove;
    if (row + 1 < rowCount())
        flags |= isLater(row + 1) ? widgets::LinkBelowDashed : widgets::LinkBelow;
    // The event that was asked about is filled; a link that is an input is a ring like the others.
    if (row + 1 == rowCount()) flags |= widgets::LinkFilled;
    return flags;
}

QVariant CausesModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CauseLink& link = m_links[static_cast<std::size_t>(index.row())];
    const QString words = index.column() == When   ? clockText(link.time).chopped(1)
                          : index.column() == What ? text(link.what)
                                                   : text(link.why);
    const bool later = m_cursor && link.sequence > *m_cursor;
    switch (role) {
        case Qt::DisplayRole: return words;
        case Qt::ToolTipRole:
            if (index.column() == When) return text(link.time.toString());
            return link.why.empty() ? text(link.what) : text(link.what + "\n" + link.why);
        case Qt::AccessibleTextRole: return words;
        // Why stands below what; as a column of its own it is for copies and screen readers.
        case widgets::CellRangeRole:
            return index.column() == What ? QVariant(text(link.why)) : QVariant();
        case Qt::TextAlignmentRole: return int(column(index.column()).align | Qt::AlignVCenter);
        case widgets::CellKindRole:
            return index.column() == What ? QVariant(int(widgets::CellKind::Link)) : QVariant();
        case widgets::CellLinkRole:
            return index.column() == What ? QVariant(linkFlags(index.row())) : QVariant();
        case widgets::CellFontRole:
            return int(index.column() == When  ? widgets::FontRole::TableFigure
                       : index.column() == Why ? widgets::FontRole::Caption
                                               : widgets::FontRole::Body);
        case widgets::CellToneRole:
            return int(index.column() == What && !later ? widgets::Token::Text
                                                        : widgets::Token::Muted);
        default: return {};
    }
}

}  // namespace breakwater::ui
