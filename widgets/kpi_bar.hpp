#pragma once
// Normal band, value, limit and target in one bar, always with its number.

#include <optional>

#include <QMetaType>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

enum class LimitSide : std::uint8_t { Above, Below };  // on which side of the limit it is abnormal

struct KpiLabel {
    double at = 0;
    QString text;  // below the bar, centred on `at`, kept inside
};

struct KpiBarData {
    double value = 0;
    double minimum = 0;
    double maximum = 1;
    std::optional<double> bandLow;
    std::optional<double> bandHigh;
    std::optional<double> limit;
    std::optional<double> target;   // notch above the bar
    std::optional<double> warning;  // only where an alarm record names a warning zone
    LimitSide side = LimitSide::Above;
    Priority limitPriority = Priority::P1;    // colour past the limit
    Priority warningPriority = Priority::P2;  // colour between warning and limit
    QString name;                             // widget only: caption at the left
    QString text;                             // widget only: the number
    QString markerText;                       // widget only: text beside the target notch
    QVector<KpiLabel> labels;                 // widget only: words below
    QString staleAge;                         // not empty: drawn stale
};

// The colour the value bar has right now: None unless past the limit or in the warning zone.
Priority kpiPriority(const KpiBarData& data);
// Track, band, value, limit: four rectangles. Also used by CellDelegate.
void paintKpiBar(QPainter& painter, const QRectF& box, const KpiBarData& data);

enum class KpiLayout : std::uint8_t {
    Stacked,  // name and number above, bar, labels below
    Inline,   // name, bar, number in one line
    BarOnly   // bar with labels; the number is the hero figure beside it
};

class KpiBar : public QWidget {
    Q_OBJECT
public:
    explicit KpiBar(KpiLayout layout = KpiLayout::Stacked, QWidget* parent = nullptr);
    void setData(const KpiBarData& data);
    [[nodiscard]] const KpiBarData& data() const { return m_data; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintInline(QPainter& painter) const;
    void paintStacked(QPainter& painter) const;
    void paintLabels(QPainter& painter, const QRectF& bar) const;
    void paintMarker(QPainter& painter, const QRectF& bar) const;

    KpiBarData m_data;
    KpiLayout m_layout;
};

}  // namespace breakwater::widgets
