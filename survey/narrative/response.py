"""The response box in words."""

from survey.indicators.model import Response
from survey.indicators.statistics import presentation
from survey.language import Language, round_half_up
from survey.narrative.words import AS_COUNTS, people, percent


def response_sentence(response: Response, audience: str, t: Language) -> str:
    """How many of the invited answered, and whose opinion stays unknown.

    Answers count as in RR2, complete and partial; those below are told apart.
    """
    answers = response.complete + response.partial
    below = response.responses - answers
    said = [_turnout(response, answers, audience, t)]
    if below:
        said.append(
            t.plural(
                "{n} more form had too few answers to count here.",
                "{n} more forms had too few answers to count here.",
                below,
            )
        )
    return " ".join(said)


def _turnout(response: Response, answers: int, audience: str, t: Language) -> str:
    if response.rr2 is None or response.invited is None:
        return _unrated(response, answers, audience, t)
    who = _invited(response.invited, audience, t)
    if not answers:
        return t("Of {who}, nobody answered.", who=who)
    if response.population is not None and response.population != response.invited:
        return _of_population(answers, response.population, who, t)
    if answers == response.invited:
        return t("Everyone answered: {who}.", who=who)
    if presentation(response.invited) in AS_COUNTS:
        answered = t.plural("{n} of {who} answered.", "{n} of {who} answered.", answers, who=who)
        return f"{answered} {_silent_few(response.invited - answers, t)}"
    rate = percent(answers, response.invited, t)
    answered = t.plural(
        "{n} of {who} answered ({percent}).",
        "{n} of {who} answered ({percent}).",
        answers,
        who=who,
        percent=rate,
    )
    return f"{answered} {_silent(response.invited - answers, response.invited, t)}"


def _unrated(response: Response, answers: int, audience: str, t: Language) -> str:
    """There is no rate: nobody was invited, nobody knows how many were, or only answers tell the group."""
    if response.invited is None:
        return t(
            "{who} answered. Only answers tell who belongs to this group, so there is no response rate.",
            who=people(answers, audience, t),
        )
    if not response.invited:
        return t("Nobody was invited.")
    return t(
        "{who} answered. How many were reached is not known, so there is no response rate.",
        who=people(answers, audience, t),
    )


def _of_population(answers: int, population: int, who: str, t: Language) -> str:
    """The population was stated, and is another number than the invitations."""
    if answers >= population:
        return t.plural("{n} of {who} answered.", "{n} of {who} answered.", answers, who=who)
    rate = percent(answers, population, t)
    answered = t.plural(
        "{n} of {who} answered, out of a population of {population} ({percent}).",
        "{n} of {who} answered, out of a population of {population} ({percent}).",
        answers,
        who=who,
        population=population,
        percent=rate,
    )
    return f"{answered} {_silent(population - answers, population, t)}"


def _silent(silent: int, n: int, t: Language) -> str:
    if round_half_up(silent / n, 2) in (0, 1):
        return _silent_few(silent, t)
    return t("We do not know the opinion of the other {percent}.", percent=percent(silent, n, t))


def _silent_few(silent: int, t: Language) -> str:
    return t.plural(
        "We do not know the opinion of the other one.",
        "We do not know the opinion of the other {n}.",
        silent,
    )


def _invited(n: int, audience: str, t: Language) -> str:
    if audience == "organization":
        return t.plural("{n} invited organization", "{n} invited organizations", n)
    return t.plural("{n} invited person", "{n} invited people", n)
