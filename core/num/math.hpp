// Transcendental functions with the same bits on every processor and compiler.
//
// glibc picks its exp and log by CPU (with or without FMA), so the same binary would print
// other digests on another machine. Everything in core/ comes here instead; the functions run
// on SLEEF's cinz_ family (no FMA, same bits for every vector width). Relative error <= 1 ulp
// (exp, log), 1.5 ulp (erfc); normalPdf and the lower tail of normalCdf within 2 x^2 + 2 ulp,
// because the squared argument is rounded. sqrt and + - * / are exact by IEEE 754 and used
// directly.
#pragma once

namespace breakwater::math {

double exp(double x);
double log(double x);
double erfc(double x);
double sin2pi(double turns);  // sin(2 pi turns), |error| <= 1e-15
double cos2pi(double turns);
double normalPdf(double x);
double normalCdf(double x);
// Inverse of normalCdf on (0, 1); -infinity at 0 and +infinity at 1.
// Source: M. Wichura, Algorithm AS 241, Applied Statistics 37 (1988), PPND16.
double normalQuantile(double p);
double pow(double base, double exponent);  // base > 0: exp(exponent log(base))

}  // namespace breakwater::math
