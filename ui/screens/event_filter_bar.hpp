// The line above the event log: account, market, kinds and time.
#pragma once

#include <memory>
#include <set>
#include <vector>

#include <QTimer>
#include <QWidget>

#include "ui/event_query.hpp"

class QCompleter;
class QLineEdit;
class QMenu;
class QStringListModel;

namespace breakwater::widgets {
class Chip;
class PickBox;
class RunButton;
class RunLabel;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class EventFilterBar : public QWidget {
    Q_OBJECT

public:
    explicit EventFilterBar(QWidget* parent = nullptr);

    void setNames(const std::shared_ptr<const view::Snapshot>& names);
    void setDay(Instant day) { m_day = day; }  // of a time typed without its date
    const view::EventFilter& filter() const { return m_filter; }
    void setFilter(const view::EventFilter& filter);                        // tells nobody
    void setTimes(std::optional<Instant> from, std::optional<Instant> to);  // tells
    void clear();                                                           // tells
    void focusFirst();
    void focusTimes();
    void openKinds();
    void showWords(const QString& words, bool wrong = false);

signals:
    void filterChanged();
    void left();  // Enter or Esc: to the table

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void buildEdits();
    void buildKinds();
    QLineEdit* addEdit(const char* name, const char* placeholder, const char* hint);
    void complete(const QString& part);
    void read();  // the fields into the filter; says what is wrong
    void complain(const QString& sentence);
    void setKinds(const std::vector<std::size_t>& kinds);
    void markKinds();
    void showMarkets();

    std::shared_ptr<const view::Snapshot> m_names;
    view::EventFilter m_filter;
    Instant m_day;
    QLineEdit* m_account = nullptr;
    QLineEdit* m_from = nullptr;
    QLineEdit* m_to = nullptr;
    widgets::PickBox* m_market = nullptr;
    std::vector<widgets::Chip*> m_groups;
    widgets::RunButton* m_kindsButton = nullptr;
    QMenu* m_kindsMenu = nullptr;
    widgets::RunLabel* m_words = nullptr;
    QCompleter* m_completer = nullptr;
    QStringListModel* m_matches = nullptr;
    QTimer m_settle;
    bool m_setting = false;
    bool m_wrong = false;  // what is typed is not what is filtered by
};

}  // namespace breakwater::ui
