// The line above the accounts table: the filter, what it matches, and ready-made filters.
#pragma once

#include <vector>

#include <QString>
#include <QTimer>
#include <QWidget>

class QLineEdit;

namespace breakwater::widgets {
class ActionButton;
class Chip;
class RunLabel;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class FilterBar : public QWidget {
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);

    QString filterText() const;
    void setFilterText(const QString& text);  // tells nobody
    void focusEdit();
    void showCount(std::size_t matching, std::size_t total);
    void showError(const QString& sentence);
    QLineEdit& edit() { return *m_edit; }
    widgets::ActionButton& previewButton() { return *m_preview; }
    widgets::ActionButton& sortButton() { return *m_sort; }

signals:
    void filterChanged(const QString& text);
    void left();  // Enter, Down or Esc: to the table

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void markChips();

    QLineEdit* m_edit;
    widgets::RunLabel* m_count;
    std::vector<widgets::Chip*> m_chips;
    widgets::ActionButton* m_sort;
    widgets::ActionButton* m_preview;
    QTimer m_settle;
};

}  // namespace breakwater::ui
