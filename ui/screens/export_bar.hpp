// Where the events go: a path to type, a dialog for those who look for one, and the outcome.
#pragma once

#include <QPointer>
#include <QString>
#include <QWidget>

class QFileDialog;
class QLineEdit;

namespace breakwater::widgets {
class ActionButton;
class RunLabel;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class ExportBar : public QWidget {
    Q_OBJECT

public:
    explicit ExportBar(QWidget* parent = nullptr);

    void ask(const QString& suggestedPath);  // shows itself, the path chosen for typing over
    void showOutcome(bool ok, const QString& sentence);
    bool isBusy() const { return m_busy; }

signals:
    void exportRequested(const QString& path);
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void start();
    void browse();
    void say(const QString& sentence, bool wrong);

    QLineEdit* m_path;
    widgets::ActionButton* m_export;
    widgets::RunLabel* m_words;
    QPointer<QFileDialog> m_dialog;
    QString m_confirmed;  // this file exists and Enter was pressed on it once
    bool m_busy = false;
};

}  // namespace breakwater::ui
