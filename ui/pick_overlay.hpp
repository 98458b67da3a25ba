// A line to type in and a list that follows it: the palette, "go to" and the glossary.
#pragma once

#include <functional>

#include "ui/models/cells_model.hpp"
#include "ui/overlay.hpp"
#include "widgets/data_table.hpp"

class QHBoxLayout;
class QLineEdit;

namespace breakwater::ui {

struct Pick {
    CellRow row;
    std::function<void()> act;  // empty: it cannot be picked
};

class PickOverlay : public Overlay {
    Q_OBJECT

public:
    struct Words {
        const char* title;
        const char* caption;
        const char* placeholder;
        const char* list;  // the table's accessible name
    };
    PickOverlay(const Words& words, std::span<const ColumnInfo> columns, int stretch, QWidget& area,
                QSize logicalSize);

    QLineEdit& edit() { return *m_edit; }
    widgets::DataTable& table() { return *m_table; }
    CellsModel& model() { return *m_model; }
    QString typed() const;

signals:
    void typedChanged(const QString& text);
    void chosenChanged();

protected:
    void openEmpty();  // with an empty line
    // The first that can be picked is chosen.
    void setPicks(std::vector<Pick> picks, const widgets::EmptyStateData& whenNone);
    int chosenPick() const { return m_table->currentRow(); }
    // A part beside the list; the list keeps two fifths.
    void addBeside(QWidget* part);
    virtual void pick();  // Enter
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void move(int by);

    QLineEdit* m_edit;
    widgets::DataTable* m_table;
    CellsModel* m_model;
    QHBoxLayout* m_row;
    std::vector<std::function<void()>> m_acts;
};

}  // namespace breakwater::ui
