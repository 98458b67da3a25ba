// What every screen is: a widget that shows boards, keeps its layout and says when it is ready.
#pragma once

#include <optional>
#include <string>

#include <QJsonObject>
#include <QString>
#include <QWidget>

#include "ui/board_age.hpp"
#include "ui/desk.hpp"

namespace breakwater::ui {

struct ScreenContext {
    Desk& desk;
    const BoardAge& age;
    std::string officer;
    ActGate acts = {};
};

// Where to go, and what to show there.
struct ScreenTarget {
    QString screen;  // id in the catalogue
    QString filter;
    std::optional<InstrumentId> market;
    std::optional<AccountId> account = {};
    std::optional<Sequence> sequence = {};  // an input of the record
};

class Screen : public QWidget {
    Q_OBJECT

public:
    explicit Screen(const ScreenContext& context, QWidget* parent = nullptr)
        : QWidget(parent), m_context(context) {}

    virtual void refresh(const view::Board& board, const DeskStatus& status) = 0;
    // Everything this screen shows of the last board has arrived.
    virtual bool isReady() const = 0;
    virtual QWidget* firstFocus() = 0;
    virtual void open(const ScreenTarget&) {}
    // Ctrl+F stays here; without one it goes to the accounts.
    virtual bool hasFilter() const { return false; }
    virtual void focusFilter() { emit targetRequested({QStringLiteral("accounts"), {}, {}}); }
    virtual void recompute() {}
    virtual QJsonObject saveLayout() const { return {}; }
    virtual void restoreLayout(const QJsonObject&) {}

signals:
    void readyChanged();
    void targetRequested(const breakwater::ui::ScreenTarget& target);
    void acknowledgeRequested(quint64 alarm);
    void liveRequested();                   // an act is being prepared: no frozen display
    void commandSent(const QString& text);  // one sentence for the status line

protected:
    const ScreenContext& context() const { return m_context; }

private:
    const ScreenContext& m_context;
};

}  // namespace breakwater::ui
