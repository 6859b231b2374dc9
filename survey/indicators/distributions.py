"""Probabilities and quantiles of the distributions behind intervals and tests, from the standard library.

Each is as exact as double precision lets it be, or names its error; degrees of freedom need not be whole
where their type is float. Above SERIES_UP_TO degrees of freedom expansions take the place of series whose
length grows, so that a figure of a million answers costs what one of a thousand does.
"""

import math
from functools import lru_cache
from statistics import NormalDist

SERIES_UP_TO = 1000
"""Degrees of freedom above which an expansion is as exact as a series."""

F_EXACT_UP_TO = 10_000
"""The like for the quantile of F."""

SMALL = 5
"""Degrees of freedom below which an expansion is no start."""

TINY = 1e-300
EXACT = 1e-15
CLOSE = 1e-8
"""A relative step of Newton's method, which squares the error, after which nothing is left to gain."""


def normal_two_sided(z: float) -> float:
    """P(|Z| >= |z|) of the standard normal."""
    return math.erfc(abs(z) / math.sqrt(2))


def beta_ratio(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function I_x(a, b), `x` in 0 to 1, `a` and `b` above 0.

    The continued fraction DLMF 8.17.22, or that of 1 - I_{1-x}(b, a) where it converges faster.
    """
    if not 0 < x < 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_ratio(1 - x, b, a)
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = math.exp(logarithm + a * math.log(x) + b * math.log1p(-x)) / a
    return front / _continued(x, a, b)


def _continued(x: float, a: float, b: float) -> float:
    """1 + d1/(1 + d2/(1 + ...)) of DLMF 8.17.22, by Lentz's method."""
    upper, lower, value = 1.0, 0.0, 1.0
    for step in range(1, 10_000):
        m, odd = divmod(step, 2)
        if odd:
            term = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        lower = 1 / (1 + term * lower or TINY)
        upper = 1 + term / upper or TINY
        value *= upper * lower
        if abs(upper * lower - 1) < EXACT:
            break
    return value


def t_two_sided(t: float, df: float) -> float:
    """P(|T| >= |t|) of Student's t with `df` degrees of freedom, at least 1 and not always whole.

    I_x(df/2, 1/2) at x = df / (df + t^2) (DLMF 8.17); above SERIES_UP_TO the normal deviate of
    Hill, Algorithm 395, Communications of the ACM 13 (1970), error below 1e-10 relative.
    """
    if df <= SERIES_UP_TO:
        return beta_ratio(df / (df + t * t), df / 2, 0.5)
    scale = df - 0.5
    z2 = scale * math.log1p(t * t / df)
    wide = 48 * scale * scale
    fine = (((4 * z2 + 33) * z2 + 240) * z2 + 855) / (10 * wide * (wide + 0.8 * z2 * z2 + 100))
    return normal_two_sided(math.sqrt(z2) * (1 + (z2 + 3) / wide - fine))


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The p-quantile of Student's t, `p` in 0.5 to 1, `df` at least 1 and not always whole.

    Above SERIES_UP_TO degrees of freedom the expansion in 1/df of Abramowitz & Stegun (1964), 26.7.5. Up
    to there Newton's method from that start (from the normal quantile where df is small), which nears the
    quantile from below because the distribution function is concave above 0. Error below 1e-11 relative.
    """
    z = NormalDist().inv_cdf(p)
    t = z if df < SMALL else _t_expansion(z, df)
    if df > SERIES_UP_TO:
        return t
    constant = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi * df)
    for _ in range(100):
        density = constant * (1 + t * t / df) ** (-(df + 1) / 2)
        within = beta_ratio(t * t / (df + t * t), 0.5, df / 2)
        step = (2 * p - 1 - within) / (2 * density)
        t += step
        if abs(step) <= CLOSE * t:
            break
    return t


def _t_expansion(z: float, df: float) -> float:
    z2 = z * z
    corrections = (
        (z2 + 1) / 4,
        ((5 * z2 + 16) * z2 + 3) / 96,
        (((3 * z2 + 19) * z2 + 17) * z2 - 15) / 384,
        ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) / 92160,
    )
    return z * (1 + math.fsum(term * float(df) ** -(k + 1) for k, term in enumerate(corrections)))


def chi2_above(x: float, df: int) -> float:
    """P(X >= x) of chi-square with a whole `df` of at least 1, `x` at least 0.

    The finite series of Abramowitz & Stegun (1964), 26.4.4 (odd) and 26.4.5 (even): the regularized upper
    incomplete gamma function Q(df/2, x/2) at whole and half arguments.
    """
    odd = df % 2
    term = math.sqrt(2 * x / math.pi) * math.exp(-x / 2) if odd else math.exp(-x / 2)
    terms = [normal_two_sided(math.sqrt(x))] if odd else []
    for k in range(1 + odd, df, 2):
        terms.append(term)
        term *= x / (k + 1)
    return math.fsum(terms)


@lru_cache(maxsize=1024)
def f_quantile(p: float, df1: float, df2: float) -> float:
    """The p-quantile of F with `df1` and `df2` degrees of freedom, `p` in 0 to 1.

    F = b x / (a (1 - x)), x the p-quantile of the beta distribution of a = df1/2 and b = df2/2: the
    approximation of Abramowitz & Stegun (1964), 26.5.22, and where `df1` is at most F_EXACT_UP_TO
    Newton's method from there. Error below 1e-11 relative, beyond below 1e-7.
    """
    a, b = df1 / 2, df2 / 2
    y, inverse_a, inverse_b = -NormalDist().inv_cdf(p), 1 / (2 * a - 1), 1 / (2 * b - 1)
    h = 2 / (inverse_a + inverse_b)
    curve = (y * y - 3) / 6
    w = y * math.sqrt(h + curve) / h - (inverse_b - inverse_a) * (curve + 5 / 6 - 2 / (3 * h))
    x = a / (a + b * math.exp(2 * w))
    logarithm = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    for _ in range(100 if df1 <= F_EXACT_UP_TO else 0):
        density = math.exp(logarithm + (a - 1) * math.log(x) + (b - 1) * math.log1p(-x))
        step = (beta_ratio(x, a, b) - p) / density
        x -= step
        if abs(step) <= CLOSE * x:
            break
    return b * x / (a * (1 - x))


def binomial_two_sided(successes: int, n: int) -> float:
    """The exact two-sided p of `successes` among `n` where both outcomes are equally likely; 1 of none.

    Twice the smaller tail, at most 1: the exact test of McNemar. Terms are summed from the middle outwards
    until they no longer count. Error below 1e-8 relative.
    """
    fewer = min(successes, n - successes)
    term = math.exp(
        math.lgamma(n + 1) - math.lgamma(fewer + 1) - math.lgamma(n - fewer + 1) - n * math.log(2)
    )
    tail, k = 0.0, fewer
    while k >= 0 and term > EXACT * tail / 100:
        tail += term
        term *= k / (n - k + 1)
        k -= 1
    return min(1.0, 2 * tail)
