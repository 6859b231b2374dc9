"""Tests of a before/after table: did the statuses change on the whole, and did each of them?"""

from collections.abc import Mapping, Sequence

import numpy as np

from survey.counts import Reason
from survey.indicators.comparing import holm
from survey.indicators.distributions import binomial_two_sided, chi2_above
from survey.indicators.model import McNemar, StuartMaxwell
from survey.indicators.tallies import Pairs


def moved(pairs: Pairs, statuses: Sequence[str]) -> list[str]:
    """The statuses that somebody entered or left; the others say nothing of a change."""
    return [status for status in statuses if any(pairs.moves(status))]


def stuart_maxwell(pairs: Pairs, statuses: Sequence[str]) -> StuartMaxwell:
    """The test of marginal homogeneity: chi2 = d' S⁻ d, with d the nets and S their covariance.

    S has entered + left on its diagonal and -(i to j + j to i) elsewhere: Stuart, A test for homogeneity
    of the marginal distributions in a two-way classification, Biometrika 42 (1955); Maxwell, Comparing the
    classification of subjects by two independent judges, British Journal of Psychiatry 116 (1970). The
    nets sum to 0, so S is singular; a least-squares solution is the same as leaving a status out, and holds
    as well where moves fall apart into circles of statuses, each with a redundant one: df is the rank of S.
    """
    rows = moved(pairs, statuses)
    if not rows:
        return StuartMaxwell(reason=Reason.NOBODY_MOVED if pairs.n else Reason.NO_ANSWERS)
    table = np.array([[pairs.complete.get((was, now), 0) for now in rows] for was in rows], dtype=float)
    nets = table.sum(axis=0) - table.sum(axis=1)
    covariance = np.diag(table.sum(axis=0) + table.sum(axis=1)) - table - table.T
    solution, _, rank, _ = np.linalg.lstsq(covariance, nets)
    chi2, df = max(0.0, float(nets @ solution)), int(rank)
    return StuartMaxwell(chi2, df, chi2_above(chi2, df))


def mcnemar(pairs: Pairs, statuses: Sequence[str]) -> Mapping[str, McNemar]:
    """Each status that somebody entered or left against all others: exact, adjusted over these statuses.

    McNemar, Note on the sampling error of the difference between correlated proportions or percentages,
    Psychometrika 12 (1947), with the binomial in place of chi-square.
    """
    moves = {status: pairs.moves(status) for status in moved(pairs, statuses)}
    ps = [binomial_two_sided(gained, gained + lost) for gained, lost in moves.values()]
    return {
        status: McNemar(gained, lost, p, adjusted)
        for (status, (gained, lost)), p, adjusted in zip(moves.items(), ps, holm(ps), strict=True)
    }
