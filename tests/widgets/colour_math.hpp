#pragma once
// WCAG contrast, CIE76 distance and Machado et al. (2009) simulation at full severity:
// https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html

#include <algorithm>
#include <array>
#include <cmath>

#include <QColor>

namespace colour {

using Vec = std::array<double, 3>;
using Matrix = std::array<Vec, 3>;

inline double linear(double c) {
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}
inline Vec linearRgb(const QColor& c) {
    return {linear(c.redF()), linear(c.greenF()), linear(c.blueF())};
}

inline double luminance(const QColor& c) {
    const Vec v = linearRgb(c);
    return 0.2126 * v[0] + 0.7152 * v[1] + 0.0722 * v[2];
}
inline double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

struct Vision {
    const char* name;
    Matrix matrix;
};
inline const std::array<Vision, 4>& visions() {
    static const std::array<Vision, 4> all{{
        {"normal", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
        {"protan",
         {{{0.152286, 1.052583, -0.204868},
           {0.114503, 0.786281, 0.099216},
           {-0.003882, -0.048116, 1.051998}}}},
        {"deutan",
         {{{0.367322, 0.860646, -0.227968},
           {0.280085, 0.672501, 0.047413},
           {-0.011820, 0.042940, 0.968881}}}},
        {"tritan",
         {{{1.255528, -0.076749, -0.178779},
           {-0.078411, 0.930809, 0.147602},
           {0.004733, 0.691367, 0.303900}}}},
    }};
    return all;
}

inline Vec lab(const Vec& rgb) {
    Vec c{};
    for (std::size_t i = 0; i < 3; ++i)
        c[i] = std::clamp(rgb[i], 0.0, 1.0);
    const double x = (0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047;
    const double y = 0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2];
    const double z = (0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883;
    const auto f = [](double t) {
        return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    };
    return {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
}

inline double distance(const Vision& vision, const QColor& a, const QColor& b) {
    const auto seen = [&](const QColor& c) {
        const Vec v = linearRgb(c);
        Vec out{};
        for (std::size_t row = 0; row < 3; ++row) {
            for (std::size_t col = 0; col < 3; ++col)
                out[row] += vision.matrix[row][col] * v[col];
        }
        return lab(out);
    };
    const Vec p = seen(a);
    const Vec q = seen(b);
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

}  // namespace colour
