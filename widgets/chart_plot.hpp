#pragma once
// The one place that knows Qt Charts; not for screens. Qt Charts draws the lines, everything
// else (grid, ticks, band, limit, end labels) is painted here by the rules of the design.

#include <QChartView>
#include <QVector>

#include "widgets/chart_view.hpp"

class QLineSeries;
class QValueAxis;

namespace breakwater::widgets {

class ChartPlot : public QChartView {
public:
    explicit ChartPlot(QWidget* parent);
    void show(const ChartData& data);
    void relayout();
    [[nodiscard]] int plottedPoints(int series) const;

protected:
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Segment {
        int series = 0;
        QVector<QPointF> points;
    };
    void computeRange();
    void decimate();
    void replaceLines();
    [[nodiscard]] QRectF plotBox() const;
    [[nodiscard]] QPointF at(double x, double y) const;
    [[nodiscard]] QString yText(double value) const;
    void paintGrid(QPainter& painter, const QRectF& box) const;
    void paintBand(QPainter& painter, const QRectF& box) const;
    void paintBars(QPainter& painter, const QRectF& box) const;
    void paintExcess(QPainter& painter) const;
    void paintMarker(QPainter& painter, const QRectF& box) const;
    void paintPastLimit(QPainter& painter, const QRectF& box) const;
    void paintLimit(QPainter& painter, const QRectF& box) const;
    void paintEndLabels(QPainter& painter, const QRectF& box) const;
    void paintTimeTicks(QPainter& painter, const QRectF& box) const;
    void paintNumberTicks(QPainter& painter, const QRectF& box) const;
    void paintTick(QPainter& painter, const QRectF& box, double x, const QString& text,
                   double& freeFrom, double end) const;

    ChartData m_data;
    QVector<Segment> m_segments;
    QVector<QLineSeries*> m_lines;
    QValueAxis* m_x = nullptr;
    QValueAxis* m_y = nullptr;
    double m_xLow = 0;
    double m_xHigh = 1;
    double m_yLow = 0;
    double m_yHigh = 1;
};

}  // namespace breakwater::widgets
