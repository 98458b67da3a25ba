#include "widgets/theme.hpp"

#include <algorithm>
#include <cmath>

#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QStyleFactory>

#include "widgets/theme_style.hpp"

namespace breakwater::widgets {
namespace {

struct TokenRow {
    Token token;
    const char* name;
    QRgb dark;
    QRgb light;
    QRgb highContrast;
};

// design_system.md 1.1. The order is the order of the enum (checked below).
constexpr std::array<TokenRow, tokenCount> tokenTable{{
    {Token::Win, "win", 0xFF14171A, 0xFFE7EAED, 0xFF000000},
    {Token::Panel, "panel", 0xFF1C2024, 0xFFFBFCFC, 0xFF000000},
    {Token::Raised, "raised", 0xFF22272C, 0xFFF0F2F4, 0xFF0A0A0A},
    {Token::Sunken, "sunken", 0xFF101316, 0xFFDFE3E7, 0xFF000000},
    {Token::Sel, "sel", 0xFF30373E, 0xFFDDE2E7, 0xFF1F2A33},
    {Token::Btn, "btn", 0xFF282E34, 0xFFF0F2F4, 0xFF000000},
    {Token::Line, "line", 0xFF2A3036, 0xFFDADFE3, 0xFF8A8A8A},
    {Token::Line2, "line2", 0xFF3E464E, 0xFFB4BCC4, 0xFFFFFFFF},
    {Token::Ctl, "ctl", 0xFF67717B, 0xFF7B8690, 0xFFFFFFFF},
    {Token::Text, "text", 0xFFE6E9EC, 0xFF14171A, 0xFFFFFFFF},
    {Token::Secondary, "secondary", 0xFFA9B1B9, 0xFF3F4850, 0xFFFFFFFF},
    {Token::Muted, "muted", 0xFF88919A, 0xFF545D66, 0xFFD0D0D0},
    {Token::Bar, "bar", 0xFF67717B, 0xFF868F99, 0xFFB8B8B8},
    {Token::Bar2, "bar2", 0xFF88919A, 0xFF6F7A84, 0xFFE0E0E0},
    {Token::Ser, "ser", 0xFFD3D8DD, 0xFF3F4850, 0xFFFFFFFF},
    {Token::Band, "band", 0xFF2E353B, 0xFFC3CBD2, 0xFF3A3A3A},
    {Token::Grid, "grid", 0xFF282E33, 0xFFE4E8EB, 0xFF555555},
    {Token::P1, "p1", 0xFFE55847, 0xFFE55847, 0xFFFF6A57},
    {Token::P2, "p2", 0xFFFFB006, 0xFFFFB006, 0xFFFFB006},
    {Token::P3, "p3", 0xFFFEFFBD, 0xFFFEFFBD, 0xFFFEFFBD},
    {Token::Violet, "violet", 0xFFA36AE8, 0xFF8448D6, 0xFFC79BFF},
    {Token::Teal, "teal", 0xFF67C1C4, 0xFF1F7A7E, 0xFF8FE3E6},
    {Token::Ink, "ink", 0xFF14171A, 0xFF14171A, 0xFF000000},
    {Token::ChipP1, "chipP1", 0xFFE55847, 0xFFF2A89F, 0xFFFF6A57},
    {Token::ChipP2, "chipP2", 0xFFFFB006, 0xFFFFCF66, 0xFFFFB006},
    {Token::ChipP3, "chipP3", 0xFFFEFFBD, 0xFFFEFFBD, 0xFFFEFFBD},
    {Token::BadgeEdge, "badgeEdge", 0x00000000, 0xFF14171A, 0xFFFFFFFF},
    {Token::OnP1, "onP1", 0xFFE6E9EC, 0xFF14171A, 0xFFFFFFFF},
    {Token::White, "white", 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF},
    {Token::Black, "black", 0xFF000000, 0xFF000000, 0xFF000000},
}};

constexpr bool tableInOrder() {
    for (std::size_t i = 0; i < tokenCount; ++i) {
        if (static_cast<std::size_t>(tokenTable[i].token) != i) return false;
    }
    return true;
}
static_assert(tableInOrder());

constexpr std::array<QRgb, 6> divergingColors{0xFF2B6CB0, 0xFF5AA0D6, 0xFF9CC9E8,
                                              0xFFF2C38B, 0xFFE08A3C, 0xFFB4501A};
constexpr std::array<QRgb, 6> lossColors{0xFF262C32, 0xFF4A423A, 0xFF86552A,
                                         0xFFC06F2C, 0xFFE08A3C, 0xFFF2C38B};

Theme& mutableCurrent() {
    static Theme theme;
    return theme;
}

double channel(double value) {
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}
double luminance(const QColor& c) {
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

// A family counts only when QFontInfo really resolves it: fontconfig answers any name with
// something, and without a font package that something is boxes.
QString firstReal(std::initializer_list<const char*> families, bool fixed) {
    for (const char* family : families) {
        const QString name = QString::fromLatin1(family);
        if (QFontInfo(QFont(name)).family().compare(name, Qt::CaseInsensitive) == 0) return name;
    }
    return QFontDatabase::systemFont(fixed ? QFontDatabase::FixedFont : QFontDatabase::GeneralFont)
        .family();
}

struct FontSpec {
    bool mono;
    double px;
    QFont::Weight weight;
};

int tablePixels(Density density) {
    switch (density) {
        case Density::Compact: return 11;
        case Density::Normal: return 12;
        case Density::Touch: return 14;
    }
    return 12;
}

FontSpec specOf(FontRole role, Density density) {
    switch (role) {
        case FontRole::Hero: return {true, 26, QFont::Medium};
        case FontRole::FigureLarge: return {true, 18, QFont::Medium};
        case FontRole::Figure: return {true, 14, QFont::Medium};
        case FontRole::TableFigure: return {true, double(tablePixels(density)), QFont::Normal};
        case FontRole::TableTotal: return {true, double(tablePixels(density)), QFont::DemiBold};
        case FontRole::Body: return {false, 12, QFont::Normal};
        case FontRole::BodyMedium: return {false, 12, QFont::Medium};
        case FontRole::BodyStrong: return {false, 12, QFont::DemiBold};
        case FontRole::CardTitle: return {false, 13, QFont::DemiBold};
        case FontRole::PanelTitle: return {false, 12, QFont::DemiBold};
        case FontRole::Caption: return {false, 11, QFont::Normal};
        case FontRole::CaptionMedium: return {false, 11, QFont::Medium};
        case FontRole::StateWord: return {false, 11, QFont::DemiBold};
        case FontRole::Tick: return {true, 11, QFont::Normal};
        case FontRole::MonoBody: return {true, 12, QFont::Normal};
        case FontRole::MonoBodyStrong: return {true, 12, QFont::DemiBold};
        case FontRole::KeyCap: return {true, 10, QFont::Normal};
    }
    return {false, 12, QFont::Normal};
}

QPalette paletteOf(const Theme& theme) {
    QPalette p;
    const auto set = [&](QPalette::ColorRole role, Token token) {
        p.setColor(role, theme.color(token));
    };
    set(QPalette::Window, Token::Win);
    set(QPalette::Base, Token::Panel);
    set(QPalette::AlternateBase, Token::Panel);
    set(QPalette::Button, Token::Btn);
    set(QPalette::Text, Token::Text);
    set(QPalette::WindowText, Token::Text);
    set(QPalette::ButtonText, Token::Text);
    set(QPalette::BrightText, Token::Text);
    set(QPalette::PlaceholderText, Token::Muted);
    set(QPalette::Highlight, Token::Sel);
    set(QPalette::HighlightedText, Token::Text);
    set(QPalette::Light, Token::Line2);
    set(QPalette::Midlight, Token::Line2);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Dark, Token::Sunken);
    set(QPalette::Shadow, Token::Black);
    set(QPalette::ToolTipBase, Token::Raised);
    set(QPalette::ToolTipText, Token::Text);
    set(QPalette::Link, Token::Text);
    set(QPalette::LinkVisited, Token::Text);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText}) {
        p.setColor(QPalette::Disabled, role, theme.color(Token::Muted));
    }
    return p;
}

}  // namespace

void Theme::apply(QApplication& app, const Appearance& appearance) {
    Theme& theme = mutableCurrent();
    theme.m_appearance = appearance;
    theme.m_appearance.zoomPercent = std::clamp(appearance.zoomPercent, 80, 200);
    // The style sheet style wraps the base style, so Fusion is set only once.
    static bool styled = false;
    if (!styled) {
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        styled = true;
    }
    QApplication::setPalette(paletteOf(theme));
    QApplication::setFont(theme.font(FontRole::Body));
    app.setStyleSheet(styleSheetOf(theme));
}

const Theme& Theme::current() { return mutableCurrent(); }

QColor Theme::tokenColor(ThemeName theme, Token token) {
    const TokenRow& row = tokenTable[static_cast<std::size_t>(token)];
    switch (theme) {
        case ThemeName::Dark: return QColor::fromRgba(row.dark);
        case ThemeName::Light: return QColor::fromRgba(row.light);
        case ThemeName::HighContrast: return QColor::fromRgba(row.highContrast);
    }
    return QColor::fromRgba(row.dark);
}

QString Theme::tokenName(Token token) {
    return QString::fromLatin1(tokenTable[static_cast<std::size_t>(token)].name);
}

QColor Theme::color(Token token) const { return tokenColor(name(), token); }

QColor Theme::color(Token token, double opacity) const {
    QColor c = color(token);
    c.setAlphaF(static_cast<float>(opacity));
    return c;
}

QPen Theme::hairline(Token token) const {
    QPen pen(color(token), 1);
    pen.setCosmetic(true);
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::MiterJoin);
    return pen;
}

QPen Theme::line(Token token, double width) const {
    QPen pen(color(token), pxF(width) + (isHighContrast() ? 0.5 : 0.0));
    pen.setJoinStyle(Qt::RoundJoin);
    pen.setCapStyle(Qt::FlatCap);
    return pen;
}

QPen Theme::dashed(Token token, double width, double on, double off) const {
    QPen pen = line(token, width);
    // Qt counts dashes in pen widths.
    pen.setDashPattern({pxF(on) / pen.widthF(), pxF(off) / pen.widthF()});
    return pen;
}

double Theme::pxF(double size) const { return size * m_appearance.zoomPercent / 100.0; }

int Theme::px(double size) const {
    if (size <= 0) return 0;
    return std::max(1, static_cast<int>(std::lround(pxF(size))));
}

int Theme::rowHeight() const {
    switch (m_appearance.density) {
        case Density::Compact: return px(20);
        case Density::Normal: return px(24);
        case Density::Touch: return px(32);
    }
    return px(24);
}

QFont Theme::font(FontRole role) const {
    const FontSpec spec = specOf(role, m_appearance.density);
    QFont font(spec.mono ? monoFamily() : textFamily());
    font.setPixelSize(std::max(8, px(spec.px)));
    font.setWeight(spec.weight);
    if (spec.mono) {
        font.setStyleHint(QFont::Monospace);
        // JetBrains Mono joins -> and >= into one glyph; a figure must stay what was computed.
        font.setStyleStrategy(QFont::PreferNoShaping);
    } else {
        font.setStyleHint(QFont::SansSerif);
    }
    return font;
}

std::array<QColor, 7> Theme::divergingRamp(ThemeName theme) {
    std::array<QColor, 7> ramp;
    for (std::size_t i = 0; i < 3; ++i) {
        ramp[i] = QColor::fromRgba(divergingColors[i]);
        ramp[i + 4] = QColor::fromRgba(divergingColors[i + 3]);
    }
    ramp[3] = tokenColor(theme, Token::Band);
    return ramp;
}

std::array<QColor, 6> Theme::lossRamp() {
    std::array<QColor, 6> ramp;
    for (std::size_t i = 0; i < ramp.size(); ++i)
        ramp[i] = QColor::fromRgba(lossColors[i]);
    return ramp;
}

QColor Theme::lossAt(ThemeName theme, double share) {
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(lossColors.size() - 1);
    const std::size_t low = std::min(static_cast<std::size_t>(place), lossColors.size() - 2);
    const double part = place - static_cast<double>(low);
    const bool turned = theme == ThemeName::Light;
    const auto stop = [&](std::size_t i) {
        return QColor::fromRgba(lossColors[turned ? lossColors.size() - 1 - i : i]);
    };
    const QColor a = stop(low), b = stop(low + 1);
    const auto mix = [&](float x, float y) { return x + (y - x) * static_cast<float>(part); };
    return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()),
                            mix(a.blueF(), b.blueF()));
}

QColor Theme::textOn(const QColor& fill) {
    const double l = luminance(fill);
    const double onBlack = (l + 0.05) / 0.05;
    const double onWhite = 1.05 / (l + 0.05);
    return tokenColor(ThemeName::Dark, onBlack >= onWhite ? Token::Black : Token::White);
}

QString Theme::textFamily() {
    static const QString family = firstReal({"Inter", "Noto Sans", "DejaVu Sans"}, false);
    return family;
}

QString Theme::monoFamily() {
    static const QString family =
        firstReal({"JetBrains Mono NL", "JetBrains Mono", "DejaVu Sans Mono"}, true);
    return family;
}

}  // namespace breakwater::widgets
