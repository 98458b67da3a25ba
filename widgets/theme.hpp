#pragma once
// The one table of colours, the type scale and the sizes. No other file of the program may
// name a colour by value (tests/widgets/source_rules_test.cpp reads the sources).

#include <array>
#include <cstdint>
#include <span>

#include <QApplication>
#include <QColor>
#include <QFont>
#include <QPen>
#include <QString>
#include <QStringList>

namespace breakwater::widgets {

enum class ThemeName : std::uint8_t { Dark, Light, HighContrast };
enum class Density : std::uint8_t { Compact, Normal, Touch };
enum class Motion : std::uint8_t { Full, Reduced };

enum class Token : std::uint8_t {
    Win,
    Panel,
    Raised,
    Sunken,
    Sel,
    Btn,
    Line,
    Line2,
    Ctl,
    Text,
    Secondary,
    Muted,
    Bar,
    Bar2,
    Ser,
    Band,
    Grid,
    P1,
    P2,
    P3,
    Violet,
    Teal,
    Ink,
    ChipP1,
    ChipP2,
    ChipP3,     // fill behind an abnormal figure where coloured text is unreadable
    BadgeEdge,  // edge of the priority shapes: ink in light, white in high contrast
    OnP1,       // the octagon's own edge, drawn inside its silhouette
    White,
    Black,  // text in a heat-map cell, contour lines
    Count
};
inline constexpr std::size_t tokenCount = static_cast<std::size_t>(Token::Count);

enum class FontRole : std::uint8_t {
    Hero,           // mono 26
    FigureLarge,    // mono 18
    Figure,         // mono 14
    TableFigure,    // mono, by density
    TableTotal,     // mono 600, by density
    Body,           // Inter 12
    BodyMedium,     // Inter 12, 500: names
    BodyStrong,     // Inter 12, 600
    CardTitle,      // Inter 13, 600
    PanelTitle,     // Inter 12, 600
    Caption,        // Inter 11
    CaptionMedium,  // Inter 11, 500: column headers
    StateWord,      // Inter 11, 600: CRIT, HIGH, LOW
    Tick,           // mono 11
    MonoBody,       // mono 12, live figures in a sentence
    MonoBodyStrong,
    KeyCap  // mono 10
};

struct Appearance {
    ThemeName theme = ThemeName::Dark;
    Density density = Density::Compact;
    int zoomPercent = 100;  // clamped to 80..200
    Motion motion = Motion::Full;
    friend bool operator==(const Appearance&, const Appearance&) = default;
};

class Theme {
public:
    // Sets Fusion, the palette, the application font and the style sheet; every live widget is
    // told through QEvent::StyleChange. Call before the first window and on each change.
    static void apply(QApplication& app, const Appearance& appearance);
    static const Theme& current();

    [[nodiscard]] const Appearance& appearance() const { return m_appearance; }
    [[nodiscard]] ThemeName name() const { return m_appearance.theme; }
    [[nodiscard]] bool isHighContrast() const { return name() == ThemeName::HighContrast; }
    // True where an abnormal figure is a filled chip with ink text instead of coloured text.
    [[nodiscard]] bool figuresAreChips() const { return name() == ThemeName::Light; }
    [[nodiscard]] bool reducedMotion() const { return m_appearance.motion == Motion::Reduced; }

    [[nodiscard]] QColor color(Token token) const;
    [[nodiscard]] QColor color(Token token, double opacity) const;
    [[nodiscard]] QPen hairline(Token token) const;            // cosmetic 1 px
    [[nodiscard]] QPen line(Token token, double width) const;  // logical px, +0.5 in high contrast
    [[nodiscard]] QPen dashed(Token token, double width, double on, double off) const;

    // Logical pixels at the current zoom. px() never answers 0 for a positive argument.
    [[nodiscard]] int px(double size) const;
    [[nodiscard]] double pxF(double size) const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] QFont font(FontRole role) const;

    // Fixed data, for tests and for legends.
    static QColor tokenColor(ThemeName theme, Token token);
    static QString tokenName(Token token);
    // Better to worse; the fourth entry is the theme's dead band.
    static std::array<QColor, 7> divergingRamp(ThemeName theme);
    static std::array<QColor, 6> lossRamp();
    // The ramp at a share of the worst, 0..1. It begins where it stands out least from the theme's
    // own ground, so that in every theme more loss is more contrast.
    static QColor lossAt(ThemeName theme, double share);
    // Black or white, whichever contrasts more with the fill.
    static QColor textOn(const QColor& fill);
    // The families really used, "Inter" and "JetBrains Mono" unless a package is missing.
    static QString textFamily();
    static QString monoFamily();

private:
    Appearance m_appearance;
};

}  // namespace breakwater::widgets
