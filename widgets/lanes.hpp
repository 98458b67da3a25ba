#pragma once
// Lanes: what happened over one stretch of time, one lane below the other on one axis, with a
// cursor over all of them. F9 swaps the picture for a table of the same columns.
//
// Past: the cursor is an instant to go to, and what lies after it is dashed and dimmed. Live: the
// cursor stands at now; a click or a drag names a range of time and the arrows move a probe.

#include <optional>
#include <utility>

#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

class QStackedLayout;

namespace breakwater::widgets {

class DataTable;
class LanesPlot;
class LanesTableModel;

enum class LaneKind : std::uint8_t { Line, Area, Bars, Spans, Marks };
enum class LaneMerge : std::uint8_t { Sum, Highest };  // of bars too narrow to be drawn alone
enum class LaneShape : std::uint8_t { Badge, Ring, Dot, Tick };

struct LaneMark {
    double at = 0;  // UTC ms
    LaneShape shape = LaneShape::Ring;
    Priority priority = Priority::None;  // of a badge
    QString text;                        // beside it where there is room, always in its tooltip
};

struct LaneSpan {
    double from = 0, to = 0;  // UTC ms
    QString text;
    int row = 0;
};

struct Lane {
    QString name;
    LaneKind kind = LaneKind::Line;
    double weight = 1;             // of the height
    QVector<double> values;        // by column; NaN: not known
    QVector<Priority> priorities;  // of the bars, by column; empty: none
    LaneMerge merge = LaneMerge::Sum;
    int decimals = -1;  // in the table; -1: short form
    QVector<LaneSpan> spans;
    QVector<LaneMark> marks;  // ascending
};

struct LanesData {
    QString title;
    double from = 0, to = 0;  // UTC ms; the columns are equal parts of it
    int columns = 0;
    double known = 0;  // UTC ms up to which the columns have been filled
    QVector<Lane> lanes;
};

enum class LanesMode : std::uint8_t { Live, Past };

struct LaneReading {
    QString value;
    QString detail;
    Priority priority = Priority::None;
};

using TimeRange = std::pair<double, double>;  // UTC ms, both inclusive

class Lanes : public QWidget {
    Q_OBJECT
public:
    explicit Lanes(QWidget* parent = nullptr);
    ~Lanes() override;

    void setData(const LanesData& data);
    [[nodiscard]] const LanesData& data() const;
    void setMode(LanesMode mode);
    void setCursorAt(double utcMs);
    // Where the readings are wanted: the probe if there is one, else the cursor.
    [[nodiscard]] double readAt() const;
    void setReadings(const QVector<LaneReading>& readings);
    void setSelection(std::optional<TimeRange> range);
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    [[nodiscard]] LanesPlot& plot() { return *m_plot; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void cursorMoved(double utcMs);  // Past only: go there
    void probeMoved();               // readAt() answers anew
    void rangeSelected(double fromUtcMs, double toUtcMs);
    void rangeCleared();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QStackedLayout* m_stack;
    LanesPlot* m_plot;
    DataTable* m_table = nullptr;
    LanesTableModel* m_model = nullptr;
};

}  // namespace breakwater::widgets
