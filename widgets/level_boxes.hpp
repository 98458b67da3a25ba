#pragma once
// Breaker level and step ladder: boxes filled up to the level, then the word.

#include "widgets/badge.hpp"

namespace breakwater::widgets {

struct LevelBoxesData {
    int level = 0;
    int maximum = 4;
    QString text;                     // "L2", "2/5"; empty: boxes only
    Priority stuck = Priority::None;  // the box of the stuck step takes this colour
    int commanded = -1;               // commanded but not yet seen: outlined mark; -1 none
    RowState row = RowState::Plain;
};
int levelBoxesWidth(const LevelBoxesData& data);
void paintLevelBoxes(QPainter& painter, const QRect& box, const LevelBoxesData& data);

class LevelBoxes : public QWidget {
    Q_OBJECT
public:
    explicit LevelBoxes(QWidget* parent = nullptr);
    void setData(const LevelBoxesData& data);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    LevelBoxesData m_data;
};

}  // namespace breakwater::widgets
