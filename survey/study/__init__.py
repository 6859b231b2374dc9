"""Panel waves: what the same people answered in two waves -> the release of a study.

    linking.py      stored responses of two waves -> who answered both, and their pairs of answers
    withholding.py  which pairs may be shown beside the releases of the two waves
    exchanging.py   whether the few of a group could have answered otherwise, beside all that is published
    model.py        StudyRelease: the frozen integers of what may be shown, and its JSON form

A study release holds additive integers of the linked people of a whole study and never of a group. Beside
the release of each wave it would tell those who answered one wave only, by subtraction: they are
protected like a group that is withheld (`docs/decisions/0047-studies.md`).
"""

from survey.study.linking import Sheet, linkable, sheet
from survey.study.model import Pairs, StudyRelease, from_json
from survey.study.withholding import Beside, study_release

__all__ = ["Beside", "Pairs", "Sheet", "StudyRelease", "from_json", "linkable", "sheet", "study_release"]
