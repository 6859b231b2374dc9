"""The sentences that letters and sheets have in common, whatever file they go into."""

from survey.language import Language, Text, plural_text, text
from survey.paper.facts import Facts

NAMED = text(
    "You answer for your organization: the evaluators of the programme see the answers together with its "
    "name."
)
ANONYMOUS = text(
    "The survey is anonymous: your answers are stored without your name, address, link or time, and no "
    "answer can be traced back to you."
)
PANEL = text(
    "You are asked more than once, and your first answers shall meet your later ones: they are stored "
    "without your name, address, link or time, under a code that is the same in all rounds of this study."
)
SEEN_PANEL = text(
    "Please write no name on this sheet. Whoever types it in sees it; stored are the answers, under a code "
    "that is the same in all rounds of this study."
)
SEEN = text(
    "Please write no name on this sheet. Whoever types it in sees it; stored are the answers alone, without "
    "code, link or time."
)


TEAR_OFF = text(
    "This strip brings the sheet to you. Please tear it off along the line before you give the sheet back, "
    "so that your answers bear no name."
)


def strip(name: str, facts: Facts) -> Text | None:
    """What stands on the strip with the name that a sheet is handed out with; None where it has none.

    In a named wave the sheet answers for the organization that it names.
    """
    return TEAR_OFF if name and not facts.named else None


def greeting(name: str, t: Language) -> str:
    """The first line of a letter."""
    return t("Dear {name},", name=name) if name else t("Good day,")


def effort(facts: Facts, t: Language) -> str:
    """How long it takes, and until when."""
    minutes = plural_text(
        "It takes about one minute.", "It takes about {n} minutes.", facts.questionnaire.minutes
    )
    until = t("You can answer until {day}.", day=facts.closes) if facts.closes else ""
    return _joined(t(minutes), until)


def promise(facts: Facts, t: Language) -> str:
    """What becomes of the answers."""
    said = NAMED if facts.named else PANEL if facts.panel else ANONYMOUS
    return _joined(t(said), groups_only(facts, t))


def groups_only(facts: Facts, t: Language) -> str:
    """From how many answers on a group is shown."""
    said = t(
        plural_text(
            "published results are figures of groups with at least one answer.",
            "published results are figures of groups with at least {n} answers.",
            facts.threshold,
        )
        if facts.named
        else plural_text(
            "results are shown only for groups with at least one answer.",
            "results are shown only for groups with at least {n} answers.",
            facts.threshold,
        )
    )
    return said[:1].upper() + said[1:]


def yours(facts: Facts) -> Text:
    """Whom code and link belong to."""
    if facts.named:
        return text("Code and link are your organization’s: please give them to nobody else.")
    return text("Code and link are yours alone and work once: please give them to nobody else.")


def instead(facts: Facts, t: Language) -> str:
    """On a sheet with a code: the other way to answer."""
    return t(
        "You can answer on your phone instead: scan this code, or type it at {home}.", home=facts.short_home
    )


def crosses(facts: Facts, t: Language) -> str:
    """How a sheet is filled in."""
    need = (
        t("Only the questions marked “required” need an answer.")
        if any(item.required for item in facts.questionnaire.items)
        else t("You can skip any question.")
    )
    cross = t("Put a cross into the box of your answer. To correct a cross, fill the box and cross another.")
    return _joined(cross, need)


def seen(facts: Facts) -> Text:
    """Who sees a sheet."""
    if facts.named:
        return NAMED
    return SEEN_PANEL if facts.panel else SEEN


def give_back(facts: Facts, where: str, t: Language) -> str:
    """Where a sheet goes, and until when."""
    until = t("(until {day})", day=facts.closes) if facts.closes else ""
    return _joined(t("Please give the sheet back to:"), where, until)


def foot(facts: Facts, t: Language) -> str:
    """Who asks, and whom one can ask."""
    run_by = t("This survey is run by {organizer}.", organizer=facts.organizer) if facts.organizer else ""
    return _joined(run_by, f"{t('Questions?')} {facts.contact}" if facts.contact else "")


def _joined(*said: str) -> str:
    return " ".join(filter(None, said))
