#pragma once
// What adds up to a total, bar by bar: parts, reliefs as outlines, totals filled, and a shortfall
// in P1. Painted by hand; the table beside it is its twin.

#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

enum class WaterfallKind : std::uint8_t {
    Part,       // adds to the running sum
    Relief,     // takes from it; an outline
    Total,      // stands on the ground
    Beside,     // stands on the ground, a second quantity held against the total
    Shortfall,  // between the two, hangs from the total
};

struct WaterfallBar {
    WaterfallKind kind = WaterfallKind::Part;
    QString name;
    double value = 0;  // a relief is negative
    QString text;      // the figure above the bar
};

struct WaterfallData {
    QVector<WaterfallBar> bars;
    QString name;  // for the screen reader
};

class Waterfall : public QWidget {
    Q_OBJECT
public:
    explicit Waterfall(QWidget* parent = nullptr);
    void setData(const WaterfallData& data);
    [[nodiscard]] const WaterfallData& data() const { return m_data; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    struct Span {
        double from = 0, to = 0;  // of a bar, in the units of its value
    };
    // Where each bar stands: pure, for tests.
    static QVector<Span> spansOf(const QVector<WaterfallBar>& bars);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBar(QPainter& painter, const QRectF& box, WaterfallKind kind) const;
    void paintAxis(QPainter& painter, const QRect& plot, double low, double high) const;

    WaterfallData m_data;
};

}  // namespace breakwater::widgets
