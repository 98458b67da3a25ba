#pragma once
// A combo box painted by the design: sunken field, small triangle, focus ring.

#include <QComboBox>

namespace breakwater::widgets {

class PickBox : public QComboBox {
    Q_OBJECT
public:
    explicit PickBox(const QString& accessibleName, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
};

}  // namespace breakwater::widgets
