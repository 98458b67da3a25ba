#pragma once
// Plain line and bar charts. Qt Charts does the work behind this door and is named nowhere else.
// F9 swaps the chart for a table of the same points.

#include <memory>
#include <optional>

#include <QPointF>
#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/kpi_bar.hpp"

namespace breakwater::widgets {

enum class SeriesStyle : std::uint8_t {
    Main,      // 1.7 px text colour
    Compared,  // 1.3 px dashed
    Stepped    // filled marks in `ser`
};
enum class AxisKind : std::uint8_t { Number, Instant };  // Instant: x is UTC ms
enum class ChartKind : std::uint8_t { Lines, Bars };

struct ChartSeries {
    QString name;             // also the label at the end of the line
    QVector<QPointF> points;  // ascending x; NaN y breaks the line
    SeriesStyle style = SeriesStyle::Main;
    Priority pastLimit =
        Priority::None;  // colour of the part past the limit, only if that limit is an alarm
};

struct ChartData {
    QString title;  // what is plotted; the accessible name and the table's caption
    QString unit;   // once, at the first tick
    ChartKind kind = ChartKind::Lines;
    AxisKind xAxis = AxisKind::Instant;
    QVector<ChartSeries> series;  // at most three
    std::optional<double> limit;
    QString limitText;
    LimitSide limitSide = LimitSide::Above;
    std::optional<double> bandLow;
    std::optional<double> bandHigh;
    QString bandText;
    std::optional<double> yMinimum;
    std::optional<double> yMaximum;
    std::optional<double> xMinimum;
    std::optional<double> xMaximum;
    int decimals = 0;  // of the y labels and of the table
    // Number axis only: labels say x times the factor with the unit ("-4%" at 0.04).
    double xFactor = 1;
    QString xUnit;
    QString xTitle;                // first column of the table; default "x"
    std::optional<double> marker;  // a place on the x axis, dashed down from the first series
    QString markerText;
    bool fillsExcess = false;  // the area where the first series lies above the second
    QString staleAge;
};

class ChartView : public QWidget {
    Q_OBJECT
public:
    explicit ChartView(QWidget* parent = nullptr);
    ~ChartView() override;
    void setData(const ChartData& data);  // replaces every series
    [[nodiscard]] const ChartData& data() const;
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    [[nodiscard]] int plottedPoints(int series) const;  // after decimation
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void tableShownChanged(bool shown);

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace breakwater::widgets
