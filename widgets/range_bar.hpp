#pragma once
// 5 to 95 % as a bar with a median tick: a model figure never stands without its range.

#include <optional>

#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct RangeBarData {
    QString name;  // for the screen reader
    double minimum = 0;
    double maximum = 1;
    std::optional<double> low;  // without a range the figure is exact: only the tick is drawn
    std::optional<double> median;
    std::optional<double> high;
    QString text;       // 1.9
    QString rangeText;  // (1.1–3.0), muted
    QString reason;     // instead of a value
};

class RangeBar : public QWidget {
    Q_OBJECT
public:
    explicit RangeBar(QWidget* parent = nullptr);
    void setData(const RangeBarData& data);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    RangeBarData m_data;
};

}  // namespace breakwater::widgets
