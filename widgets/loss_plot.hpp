#pragma once
// The picture of LossWaterfall; not for screens.

#include "widgets/loss_waterfall.hpp"

class QPainter;

namespace breakwater::widgets {

class LossPlot : public QWidget {
    Q_OBJECT
public:
    explicit LossPlot(QWidget* parent);
    void show(const LossWaterfallData& data);
    [[nodiscard]] QRectF paidRect(int layer) const;
    [[nodiscard]] QRectF leftRect(int layer) const;
    void moveCurrent(int by);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Flow {  // of one column: what comes to it
        double before = 0;
        double after = 0;
    };
    [[nodiscard]] Flow flowAt(int layer) const;
    [[nodiscard]] double perMoney() const;  // pixels
    [[nodiscard]] QRectF area() const;
    [[nodiscard]] QRectF column(int index) const;  // 0: the loss, then the layers
    [[nodiscard]] double barWidth() const;
    [[nodiscard]] bool isNarrow() const;  // figures one under another
    [[nodiscard]] double figureHeight() const;
    void paintHeads(QPainter& painter) const;
    void paintLoss(QPainter& painter) const;
    void paintLayer(QPainter& painter, int layer) const;
    void paintReached(QPainter& painter, int layer) const;
    void paintLeft(QPainter& painter, int layer) const;
    void paintBand(QPainter& painter, int fromColumn, double money) const;
    void paintFigures(QPainter& painter, int layer) const;
    void paintRuler(QPainter& painter) const;
    void paintTick(QPainter& painter, const QRectF& bar, double x, const QString& text,
                   double& freeTo) const;
    void paintLossMarker(QPainter& painter, const QRectF& bar, double x) const;

    LossWaterfallData m_data;
    int m_current = 0;
};

}  // namespace breakwater::widgets
