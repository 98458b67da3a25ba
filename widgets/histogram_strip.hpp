#pragma once
// A histogram with priority zones, a limit line and a filter edge. A click, or Enter on the
// bar chosen with the arrows, names the bar.

#include <optional>

#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct HistogramZone {
    double from = 0;
    double to = 0;
    Priority priority = Priority::None;
};

struct HistogramData {
    QString title;     // what is counted, drawn at the top left: "accounts per 0.01 of health"
    double first = 0;  // lower edge of the first bar
    double step = 1;   // width of a bar
    QVector<double> counts;
    QVector<HistogramZone> zones;  // outside every zone: plain bar
    std::optional<double> limit;
    QString limitText;
    std::optional<double> filterLow;  // bars outside [low, high) are drawn in `band`
    std::optional<double> filterHigh;
    int decimals = 2;           // of the axis labels
    QString overflowText;       // "1,780 above 2.60", top right
    bool verticalAxis = false;  // counts at the left with grid lines
    QString staleAge;
};

class HistogramStrip : public QWidget {
    Q_OBJECT
public:
    explicit HistogramStrip(QWidget* parent = nullptr);
    void setData(const HistogramData& data);
    [[nodiscard]] const HistogramData& data() const { return m_data; }
    [[nodiscard]] int barAt(const QPoint& position) const;  // -1 outside the plot
    [[nodiscard]] QRectF barRect(int index) const;          // full-height column of a bar
    [[nodiscard]] int currentBar() const { return m_current; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void barActivated(int index, double from, double to);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF plotRect() const;
    [[nodiscard]] double xOf(double value) const;
    [[nodiscard]] Priority zoneOf(double middle) const;
    [[nodiscard]] bool isFilteredOut(int index) const;
    void paintBars(QPainter& painter, const QRectF& plot) const;
    void paintMarks(QPainter& painter, const QRectF& plot) const;
    void paintAxes(QPainter& painter, const QRectF& plot) const;
    void activate(int index);

    HistogramData m_data;
    double m_top = 1;    // of the vertical axis
    int m_current = -1;  // by keyboard
    int m_hovered = -1;
};

}  // namespace breakwater::widgets
