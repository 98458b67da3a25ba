#include "ui/screen_catalogue.hpp"

#include <array>

#include "ui/screens/accounts.hpp"
#include "ui/screens/breakers.hpp"
#include "ui/screens/forensics.hpp"
#include "ui/screens/situation.hpp"

namespace breakwater::ui {
namespace {

template <class T>
Screen* make(const ScreenContext& context) {
    return new T(context);
}

constexpr std::array<ScreenEntry, 4> kScreens{{
    {"situation", "Situation", widgets::Icon::Situation, "Ctrl+1", "1", &make<SituationScreen>},
    {"accounts", "Accounts", widgets::Icon::Accounts, "Ctrl+2", "2", &make<AccountsScreen>},
    {"breakers", "Breakers", widgets::Icon::Breakers, "Ctrl+5", "5", &make<BreakersScreen>},
    {"forensics", "Forensics", widgets::Icon::Forensics, "Ctrl+9", "9", &make<ForensicsScreen>},
}};

}  // namespace

std::span<const ScreenEntry> screenCatalogue() { return kScreens; }

}  // namespace breakwater::ui
