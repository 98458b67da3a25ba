// Step 1: what, where, how long and why. Does nothing to the venue.
#pragma once

#include <memory>

#include <QLabel>

#include "ui/breaker_draft.hpp"
#include "widgets/chip.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/level_picker.hpp"
#include "widgets/panel_frame.hpp"

class QComboBox;
class QListWidget;
class QSpinBox;

namespace breakwater::ui {

// The generated sentence in a raised box.
class SentenceBox : public QLabel {
    Q_OBJECT

public:
    explicit SentenceBox(QWidget* parent = nullptr);
    void show(const ScopeSentence& sentence);

protected:
    void paintEvent(QPaintEvent* event) override;
};

class ArmPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit ArmPanel(QWidget* parent = nullptr);

    void refresh(const std::shared_ptr<const view::Snapshot>& snapshot);
    BreakerDraft draft() const;
    void prepare(const BreakerDraft& draft);  // fills the form; disarms nothing by itself
    void setArmed(const QString& since);      // empty: not armed
    void setWhyNot(const QString& reason);
    void focusFirst();

signals:
    void edited();  // by the officer
    void armRequested();

private:
    QWidget* buildScope(QWidget* parent);
    QWidget* buildTerms(QWidget* parent);
    void connectParts();
    void listMarkets();
    void proposeDuration();
    void onEdited();
    ScopeKind scopeKind() const;
    BreakerLevel level() const;

    std::shared_ptr<const view::Snapshot> m_snapshot;
    QComboBox* m_scope = nullptr;
    QListWidget* m_several = nullptr;
    widgets::Chip* m_set = nullptr;
    widgets::Chip* m_renew = nullptr;
    widgets::LevelPicker* m_level = nullptr;
    QSpinBox* m_minutes = nullptr;
    widgets::FigureView* m_ends = nullptr;
    QComboBox* m_reason = nullptr;
    SentenceBox* m_sentence = nullptr;
    widgets::ActionButton* m_arm = nullptr;
    QLabel* m_whyNot = nullptr;
    bool m_filling = false;
};

}  // namespace breakwater::ui
