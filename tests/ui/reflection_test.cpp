// What holds for every action and every control, of whatever screen there is (screens.md D2), and
// that every word beside a figure is explained.
#include <map>
#include <set>

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>

#include "ui/actions.hpp"
#include "ui/alarm_list.hpp"
#include "ui/frame_data.hpp"
#include "ui/glossary_find.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screens/account_page.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

class Reflection : public WindowTest {
protected:
    void SetUp() override {
        venue.run(60);
        venue.drift(0, -0.0006);
        venue.run(100);
        desk.show(venue);
    }
    // Every screen in turn, the drill-down as one of its own.
    template <class Visit>
    void eachPlace(Visit visit) {
        for (const ScreenEntry& entry : screenCatalogue()) {
            window->openScreen(QString::fromUtf8(entry.id));
            QApplication::processEvents();
            visit(entry.id, *window->screenOf(QString::fromUtf8(entry.id)));
        }
        window->openTarget({QStringLiteral("accounts"), {}, std::nullopt, AccountId(5)});
        QApplication::processEvents();
        visit("drill-down", accounts().page());
    }
};

TEST_F(Reflection, EveryActionHasTextKeyAndTip) {
    openWindow();
    std::map<QString, QString> windowKeys;
    const auto check = [](const QAction* action) {
        EXPECT_FALSE(action->text().isEmpty());
        EXPECT_FALSE(action->toolTip().isEmpty()) << action->text().toStdString();
        EXPECT_NE(action->toolTip(), action->text()) << "the tip must say more";
        EXPECT_FALSE(action->shortcuts().isEmpty()) << action->text().toStdString();
        if (!action->isEnabled()) {
            EXPECT_FALSE(whyNot(*action).isEmpty()) << action->text().toStdString();
        }
    };
    for (const QAction* action : window->actions()) {
        check(action);
        for (const QKeySequence& keys : action->shortcuts()) {
            const QString text = keys.toString(QKeySequence::PortableText);
            EXPECT_TRUE(windowKeys.emplace(text, action->text()).second)
                << text.toStdString() << " twice";
        }
    }
    for (const ScreenEntry& entry : screenCatalogue()) {
        std::map<QString, QString> keysHere = windowKeys;
        const Screen* screen = window->screenOf(QString::fromUtf8(entry.id));
        QList<QAction*> actions = screen->actions();
        for (const QWidget* child : screen->findChildren<QWidget*>())
            actions += child->actions();
        std::set<const QAction*> seen;  // a menu and its owner may share one
        for (const QAction* action : actions) {
            if (!seen.insert(action).second || action->shortcuts().isEmpty()) continue;
            check(action);
            for (const QKeySequence& keys : action->shortcuts()) {
                const QString text = keys.toString(QKeySequence::PortableText);
                EXPECT_TRUE(keysHere.emplace(text, action->text()).second)
                    << entry.id << ": " << text.toStdString() << " is also "
                    << keysHere[text].toStdString();
            }
        }
        for (const QAction* action : screen->actions())
            check(action);
    }
    for (const auto& [keys, text] : windowKeys) {
        const bool letter = keys.size() == 1 && keys.front().isLetterOrNumber();
        EXPECT_FALSE(letter) << keys.toStdString()
                             << ": a single letter must not act on the window";
    }
}

TEST_F(Reflection, EveryControlIsLargeEnoughAndHasAName) {
    openWindow();
    eachPlace([&](const char* place, QWidget&) {
        std::size_t controls = 0;
        for (const QWidget* widget : window->findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->window() != window.get()) continue;
            const bool control = qobject_cast<const QAbstractButton*>(widget) != nullptr ||
                                 qobject_cast<const QLineEdit*>(widget) != nullptr ||
                                 qobject_cast<const QComboBox*>(widget) != nullptr ||
                                 qobject_cast<const QAbstractSpinBox*>(widget) != nullptr;
            // The line of a box is as large as its box.
            const bool inner = widget->parentWidget() != nullptr &&
                               (qobject_cast<const QComboBox*>(widget->parentWidget()) ||
                                qobject_cast<const QAbstractSpinBox*>(widget->parentWidget()));
            const std::string name = std::string(place) + ": " + widget->metaObject()->className() +
                                     " " + widget->accessibleName().toStdString();
            if (control && !inner) {
                ++controls;
                EXPECT_GE(widget->height(), 24) << name;
                EXPECT_GE(widget->width(), 24) << name;
            }
            if (widget->focusPolicy() == Qt::NoFocus || inner) continue;
            const auto* button = qobject_cast<const QAbstractButton*>(widget);
            const bool named = !widget->accessibleName().isEmpty() ||
                               (button != nullptr && !button->text().isEmpty()) ||
                               widget->focusProxy() != nullptr;
            EXPECT_TRUE(named) << name << " can be focused and has no name";
        }
        EXPECT_GT(controls, 5U) << place;
    });
}

// ---- glossary ---------------------------------------------------------------------------

TEST(Glossary, EveryTermIsWhole) {
    std::set<std::string> ids;
    for (const Term& term : glossary()) {
        EXPECT_TRUE(ids.insert(term.id).second) << term.id << " twice";
        EXPECT_GT(std::string(term.term).size(), 1U) << term.id;
        EXPECT_GT(std::string(term.definition).size(), 20U) << term.id;
        EXPECT_GT(std::string(term.where).size(), 2U) << term.id;
        const std::size_t named =
            std::string(term.inputs).empty()
                ? 0
                : 1 + static_cast<std::size_t>(QString::fromUtf8(term.inputs).count(u';'));
        EXPECT_EQ(inputsOf(term).size(), named) << term.id << " names an input nobody explains";
        EXPECT_EQ(termById(QString::fromUtf8(term.id)), &term);
        EXPECT_NE(termFor(QString::fromUtf8(term.term)), nullptr) << term.id;
    }
    EXPECT_GT(ids.size(), 80U);
}

TEST(Glossary, APanelsOwnWordGoesBefore) {
    const auto id = [](const char* label, const char* panel) {
        const Term* term = termFor(QString::fromUtf8(label), QString::fromUtf8(panel));
        return term == nullptr ? std::string() : std::string(term->id);
    };
    EXPECT_EQ(id("State", "Accounts"), "band");
    EXPECT_EQ(id("State", "Breakers"), "breakerState");
    EXPECT_EQ(id("ADL at SOL", "Next dollar"), "adlDistance");
    EXPECT_EQ(id("equity $", "Account"), "equity");
    EXPECT_EQ(id("no such figure", "Account"), "");
    EXPECT_EQ(id("", "Account"), "");
}

// A new screen, panel, column or caption without a term fails here. There are no exceptions.
TEST_F(Reflection, EveryWordBesideAFigureIsExplained) {
    openWindow();
    std::set<std::string> missing;
    std::size_t found = 0;
    const auto read = [&](const char* place, QWidget& root) {
        for (const ShownLabel& label : labelsUnder(root)) {
            if (label.label.isEmpty()) continue;
            ++found;
            if (termFor(label.label, label.panel) == nullptr) {
                missing.insert(std::string(place) + " / " + label.panel.toStdString() + " / " +
                               label.label.toStdString());
            }
        }
    };
    eachPlace(read);
    read("alarm list", *window->findChild<AlarmList*>());
    const DeskStatus status = desk.status();
    BoardAge age;
    age.observe(desk.board(), status);
    for (const widgets::DataItem& item : dataStripOf(desk.board(), status, age).items) {
        if (termFor(item.name) == nullptr)
            missing.insert("data strip / " + item.name.toStdString());
    }
    for (const std::string& label : missing)
        ADD_FAILURE() << "no glossary entry: " << label;
    EXPECT_GT(found, 120U);
}

// What the queue, the fund, what-if and forensics show is explained before they show it.
TEST(Glossary, TermsOfTheOtherScreens) {
    for (const char* word : {"Arriving",
                             "Cleared",
                             "Backlog",
                             "Stuck",
                             "Impact",
                             "Forced flow",
                             "Depth",
                             "ADL rank",
                             "ADL score",
                             "Available now",
                             "Booked",
                             "Committed",
                             "Next dollar",
                             "Comparator",
                             "Layers",
                             "Shock",
                             "Beta",
                             "Below initial",
                             "Below maintenance",
                             "Below zero",
                             "Shortfall",
                             "Heat map",
                             "Recorded digest",
                             "Computed digest",
                             "Verify",
                             "Durable"}) {
        EXPECT_NE(termFor(QString::fromUtf8(word)), nullptr) << word;
    }
}

}  // namespace
}  // namespace breakwater::ui::test
