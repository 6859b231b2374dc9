"""Where sentences are written: documents, a language, and words with their figures beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from survey.counts import Reason
from survey.definitions.model import Questionnaire
from survey.exports.report.citing import FORMS, candidates, numerals
from survey.exports.report.model import Cite, Place, Said
from survey.indicators.model import Results
from survey.language import Language
from survey.narrative import reason_text

DASH = "–"
RULES: Place = ("rules",)


def place(*parts: str) -> Place:
    """A place in the documents."""
    return parts


@dataclass(frozen=True)
class Desk:
    """Everything that the sections of a report are written from."""

    documents: Mapping[str, Any]
    results: Results
    questionnaire: Questionnaire
    t: Language

    def value(self, where: Place) -> Any:
        """What stands at a place; None where nothing does."""
        found: Any = self.documents
        for key in where:
            if isinstance(found, Mapping):
                found = found.get(key)
            elif isinstance(found, list | tuple) and int(key) < len(found):
                found = found[int(key)]
            else:
                return None
        return found

    def write(self, cite: Cite) -> str:
        """A number as it is written; a dash where one of its figures is missing."""
        values = [self.value(where) for where in cite.places]
        return DASH if any(value is None for value in values) else FORMS[cite.form](values, self.t)

    def cell(self, form: str, *places: Place) -> Said:
        """A cell with one number, or a dash."""
        cite = Cite(form, places)
        written = self.write(cite)
        return Said(written, () if written == DASH else (cite,))

    def say(self, message: str, **values: Any) -> Said:
        """A source sentence; values may be Cites, which are written, and Saids, whose figures it takes."""
        return Said(self.t(message, **self._written(values)), _cited(values))

    def plural(self, one: str, many: str, n: Cite, **values: Any) -> Said:
        """The same for a number of things, a Cite whose figures are whole numbers."""
        counted = self._counted(n)
        return Said(self.t.plural(one, many, counted, **self._written(values)), (n, *_cited(values)))

    def joined(self, parts: Sequence[Said]) -> Said:
        """Parts as one enumeration."""
        return Said(self.t.listing([one.text for one in parts]), tuple(c for one in parts for c in one.cites))

    def words(self, said: str) -> Said:
        """Words in which no figure stands."""
        return Said(said)

    def tied(self, said: str, *roots: Place) -> Said:
        """A sentence that was written elsewhere, with the figures below `roots` that its numbers are."""
        offered = [cite for root in (*roots, RULES) for cite in candidates(self.value(root), root)]
        written: dict[str, Cite] = {}
        for cite in offered:
            for numeral in numerals(self.write(cite)):
                written.setdefault(numeral, cite)
        found = [written[numeral] for numeral in numerals(said) if numeral in written]
        return Said(said, tuple(dict.fromkeys(found)))

    def interval(self, form: str, where: Place) -> Said:
        """3.75 to 3.85, or a dash."""
        if self.value(where) is None:
            return Said(DASH)
        low, high = (Cite(form, ((*where, end),)) for end in ("0", "1"))
        return self.say("{low} to {high}", low=low, high=high)

    def withheld(self, reason: Reason | str | None) -> Said:
        """Why something is not shown, or a dash."""
        if reason is None:
            return Said(DASH)
        said = self.t(reason_text(Reason(str(reason)), self.results.threshold))
        return replace(self.tied(said, ("results", "threshold")), withheld=True)

    def _counted(self, cite: Cite) -> int:
        values = [self.value(where) for where in cite.places]
        return int(values[0] - sum(values[1:]) if cite.form == "less" else
                   len(values[0]) if cite.form == "length" else sum(values))  # fmt: skip

    def _written(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._one(value) for name, value in values.items()}

    def _one(self, value: Any) -> Any:
        if isinstance(value, Cite):
            return self.write(value)
        return value.text if isinstance(value, Said) else value


def _cited(values: Mapping[str, Any]) -> tuple[Cite, ...]:
    found: list[Cite] = []
    for value in values.values():
        if isinstance(value, Cite):
            found.append(value)
        elif isinstance(value, Said):
            found.extend(value.cites)
    return tuple(found)
