#include "ui/screen_catalogue.hpp"

#include <array>

#include "ui/screens/accounts.hpp"
#include "ui/screens/breakers.hpp"
#include "ui/screens/forensics.hpp"
#include "ui/screens/fund.hpp"
#include "ui/screens/queue.hpp"
#include "ui/screens/situation.hpp"
#include "ui/screens/what_if.hpp"

namespace breakwater::ui {
namespace {

template <class T>
Screen* make(const ScreenContext& context) {
    return new T(context);
}

constexpr std::array<ScreenEntry, 7> kScreens{{
    {"situation", "Situation", widgets::Icon::Situation, "Ctrl+1", "1", &make<SituationScreen>},
    {"accounts", "Accounts", widgets::Icon::Accounts, "Ctrl+2", "2", &make<AccountsScreen>},
    {"queue", "Queue", widgets::Icon::Queue, "Ctrl+3", "3", &make<QueueScreen>},
    {"fund", "Fund", widgets::Icon::Fund, "Ctrl+4", "4", &make<FundScreen>},
    {"breakers", "Breakers", widgets::Icon::Breakers, "Ctrl+5", "5", &make<BreakersScreen>},
    {"what-if", "What-if", widgets::Icon::WhatIf, "Ctrl+6", "6", &make<WhatIfScreen>},
    {"forensics", "Forensics", widgets::Icon::Forensics, "Ctrl+9", "9", &make<ForensicsScreen>},
}};

}  // namespace

std::span<const ScreenEntry> screenCatalogue() { return kScreens; }

}  // namespace breakwater::ui
