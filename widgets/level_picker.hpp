#pragma once
// Five boxes, L0 to L4. Choosing arms nothing by itself.

#include <QString>
#include <QVector>
#include <QWidget>

class QHBoxLayout;

namespace breakwater::widgets {

struct LevelChoice {
    QString word;  // "restrict"
    QString
        disabledReason;  // not empty: this venue cannot express it, or the role does not cover it
};

class LevelBox;

class LevelPicker : public QWidget {
    Q_OBJECT
public:
    explicit LevelPicker(QWidget* parent = nullptr);
    void setChoices(const QVector<LevelChoice>& choices);  // index = level
    void setLevel(int level);                              // -1: none chosen; emits nothing
    [[nodiscard]] int level() const { return m_level; }
    [[nodiscard]] QString reasonShown() const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void levelChosen(int level);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void choose(int level);
    void moveBy(int step);
    void refresh();

    QVector<LevelChoice> m_choices;
    QVector<LevelBox*> m_boxes;
    QHBoxLayout* m_layout = nullptr;
    int m_level = -1;
};

}  // namespace breakwater::widgets
