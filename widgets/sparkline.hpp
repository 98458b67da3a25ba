#pragma once
// 1.25 px line, end dot, optional dashed limit; no axis.

#include <optional>

#include <QList>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct SparklineData {
    QList<double> points;  // NaN breaks the line
    std::optional<double> limit;
    Priority endPriority = Priority::None;  // colour of the end dot
    QString name;                           // for the screen reader
    RowState row = RowState::Plain;
};
void paintSparkline(QPainter& painter, const QRectF& box, const SparklineData& data);

class Sparkline : public QWidget {
    Q_OBJECT
public:
    explicit Sparkline(QWidget* parent = nullptr);
    void setData(const SparklineData& data);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SparklineData m_data;
};

}  // namespace breakwater::widgets
