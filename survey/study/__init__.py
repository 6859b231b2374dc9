"""Panel waves: what the same people answered in two waves -> the release of a study.

    topics.py       what is linked of two waves, and what hangs together with what
    divisions.py    the published parts of a wave, and which of them somebody is in
    linking.py      stored responses of a wave as numbers, and who is in two of them
    tallying.py     pairs of answers of linked people -> what is held of a topic
    withholding.py  which of them may be shown beside the releases of the waves, and beside one another
    exchanging.py   whether the few of a group could have answered otherwise, beside all that is published
    model.py        StudyRelease: the frozen integers of what may be shown, and its JSON form

A study release holds additive integers of the linked people of a whole study and never of a group. Beside
the release of each wave it would tell those who answered one wave only, by subtraction: they are
protected like a group that is withheld (`docs/decisions/0047-studies.md`, `0056-what-a-study-tells.md`).
"""

from survey.study.linking import Sheet, sheet
from survey.study.model import Pairs, StudyRelease, from_json
from survey.study.topics import linkable
from survey.study.withholding import Beside, shown, study_release

__all__ = [
    "Beside",
    "Pairs",
    "Sheet",
    "StudyRelease",
    "from_json",
    "linkable",
    "sheet",
    "shown",
    "study_release",
]
