#pragma once
// Who pays the next dollar: layers side by side, in the order they pay, with the place reached.

#include <optional>

#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

enum class LayerFill : std::uint8_t {
    Used,     // outline in text colour: already paid
    Filled,   // money that is there
    Total,    // `ser`
    Outline,  // exists, not reachable now
    Hatched   // not money: ADL, socialised loss
};

struct LayerSegment {
    QString name;
    QString amountText;
    double amount = 0;  // width; hatched segments may use a nominal share
    LayerFill fill = LayerFill::Filled;
};

struct LayerBarData {
    QString name;  // for the screen reader
    QVector<LayerSegment> segments;
    std::optional<double> marker;  // amount from the left where the next dollar is taken
    QString markerText;
    QString leftText;   // above the bar: layers too thin to carry their words
    QString rightText;  // above, right: "ADL"
    QString staleAge;
};

class LayerBar : public QWidget {
    Q_OBJECT
public:
    explicit LayerBar(QWidget* parent = nullptr);
    void setData(const LayerBarData& data);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] int segmentAt(const QPoint& position) const;  // -1 none

signals:
    void segmentActivated(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QRectF barRect() const;
    [[nodiscard]] QRectF segmentRect(int index) const;
    [[nodiscard]] double total() const;
    void paintSegment(QPainter& painter, int index) const;
    void paintMarker(QPainter& painter) const;

    LayerBarData m_data;
    int m_current = 0;
};

}  // namespace breakwater::widgets
