#pragma once
// The painted part of the lanes; screens use widgets/lanes.hpp.
//
// Each lane is painted once into a pixmap (two where what lies after the cursor is drawn
// differently); moving the cursor only copies them and draws the cursor on top.

#include <vector>

#include <QPixmap>

#include "widgets/lanes.hpp"

namespace breakwater::widgets {

inline FigureStyle laneWords(Token tone) {
    return {FontRole::Caption, tone, Priority::None, RowState::Plain,
            Qt::AlignLeft | Qt::AlignVCenter};
}

class LanesPlot : public QWidget {
    Q_OBJECT
public:
    explicit LanesPlot(QWidget* parent = nullptr);

    void setData(const LanesData& data);
    [[nodiscard]] const LanesData& data() const { return m_data; }
    void setMode(LanesMode mode);
    void setCursorAt(double utcMs);
    [[nodiscard]] double readAt() const { return m_probe.value_or(m_cursor); }
    void setReadings(const QVector<LaneReading>& readings);
    [[nodiscard]] const QVector<LaneReading>& readings() const { return m_readings; }
    void setSelection(std::optional<TimeRange> range);

    [[nodiscard]] QRect plotRect() const;
    [[nodiscard]] QRect laneRect(int lane) const;
    [[nodiscard]] double xOf(double utcMs) const;
    [[nodiscard]] double timeAt(double x) const;
    [[nodiscard]] int lanesPainted() const { return m_painted; }  // since the beginning, for tests

signals:
    void cursorMoved(double utcMs);
    void probeMoved();
    void rangeSelected(double fromUtcMs, double toUtcMs);
    void rangeCleared();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Picture {
        QPixmap known;
        QPixmap after;  // null: as known
    };
    struct Tick {
        double at = 0;
        QString text;
    };

    // lanes_plot.cpp
    void forgetPictures();
    void moveTo(double utcMs);
    void setProbe(std::optional<double> utcMs);
    [[nodiscard]] double snapped(const QPoint& position) const;
    [[nodiscard]] const LaneMark* markAt(const QPoint& position) const;
    void selectMinuteOf(double utcMs);
    // lanes_paint.cpp
    void paintNames(QPainter& painter) const;
    void paintTicks(QPainter& painter) const;
    void paintLane(QPainter& painter, int lane, double cursorX);
    void paintCursor(QPainter& painter, double x) const;
    [[nodiscard]] QRect flagRect() const;
    void paintSelection(QPainter& painter) const;
    [[nodiscard]] std::vector<Tick> ticks() const;
    // lanes_pictures.cpp
    [[nodiscard]] Picture pictureOf(int lane) const;
    // Within a pixmap of the lane, whose left edge is the plot's.
    void drawLane(QPainter& painter, const Lane& lane, const QRectF& box, bool after) const;
    void drawLine(QPainter& painter, const Lane& lane, const QRectF& box, bool after) const;
    void drawBars(QPainter& painter, const Lane& lane, const QRectF& box) const;
    void drawSpans(QPainter& painter, const Lane& lane, const QRectF& box) const;
    void drawMarks(QPainter& painter, const Lane& lane, const QRectF& box) const;
    [[nodiscard]] int knownColumns() const;

    LanesData m_data;
    LanesMode m_mode = LanesMode::Live;
    double m_cursor = 0;
    std::optional<double> m_probe;
    std::optional<double> m_pressedAt;  // a range begins here
    std::optional<TimeRange> m_selection;
    QVector<LaneReading> m_readings;
    std::vector<Picture> m_pictures;
    int m_painted = 0;
};

}  // namespace breakwater::widgets
