#pragma once
// A loss on its way through the layers that pay for it: flow bands of constant height per unit
// of money, what each layer has, pays and has left, and one ruler of the cumulative loss.
// F9 swaps the picture for a table of the same figures.

#include <memory>
#include <optional>

#include <QString>
#include <QVector>
#include <QWidget>

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct LossLayer {
    QString name;
    QString condition;          // when it pays
    bool isOpen = false;        // that holds now
    bool pays = true;           // false: the loss passes it by, the note says what it does
    std::optional<double> has;  // none: no cap
    double paid = 0;
    QString note;
};

struct LossWaterfallData {
    QString name;  // for the screen reader
    QString lossCaption;
    double loss = 0;
    QVector<LossLayer> layers;
    qsizetype rulerFrom = 0;  // layers from here on stand on the ruler; before it: already used up
    QString staleAge;
};

class LossWaterfall : public QWidget {
    Q_OBJECT
public:
    explicit LossWaterfall(QWidget* parent = nullptr);
    ~LossWaterfall() override;
    void setData(const LossWaterfallData& data);
    [[nodiscard]] const LossWaterfallData& data() const;
    void setTableShown(bool shown);
    [[nodiscard]] bool isTableShown() const;
    // Pixels of the part a layer paid, and of one that it has left; for tests.
    [[nodiscard]] QRectF paidRect(int layer) const;
    [[nodiscard]] QRectF leftRect(int layer) const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void tableShownChanged(bool shown);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

// "1.92M", "no cap", "77%".
QString lossHasText(const LossLayer& layer);
QString lossLeftText(const LossLayer& layer);
QString lossUsedText(const LossLayer& layer);

}  // namespace breakwater::widgets
