"""A list of people -> judged people, or every problem with its row and column -> what it will change.

    columns.py    a header -> which column holds what, in Italian and English
    addresses.py  an e-mail address as typed -> as it is stored
    judging.py    rows -> people, problems, remarks
    planning.py   judged people beside those of the wave -> added, changed, the same

Nothing here reads or stores: `survey.tables` reads files, the journey `enrolling` stores.
"""

from survey.people.addresses import BadAddress, normalised
from survey.people.columns import Columns
from survey.people.judging import Judged, Person, judged, judged_one
from survey.people.planning import Change, Colleague, Identity, Known, Plan, compared, frozen_groups, plan

__all__ = [
    "BadAddress",
    "Change",
    "Colleague",
    "Columns",
    "Identity",
    "Judged",
    "Known",
    "Person",
    "Plan",
    "compared",
    "frozen_groups",
    "judged",
    "judged_one",
    "normalised",
    "plan",
]
