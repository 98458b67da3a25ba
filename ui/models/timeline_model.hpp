// What happened, newest first. With a filter only entries about breakers.
#pragma once

#include <memory>
#include <vector>

#include "core/view/snapshot.hpp"
#include "ui/models/column_model.hpp"

namespace breakwater::ui {

enum class TimelinePart : std::uint8_t { All, Breakers };

class TimelineModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { When, What, Columns };

    explicit TimelineModel(TimelinePart part, QObject* parent = nullptr);

    void setBoard(const view::Board& board);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    bool belongs(const view::TimelineEntry& entry) const;
    std::vector<view::TimelineEntry> select(const view::Board& board) const;

    TimelinePart m_part;
    std::shared_ptr<const std::vector<view::TimelineEntry>> m_source;
    std::vector<view::TimelineEntry> m_rows;
};

}  // namespace breakwater::ui
