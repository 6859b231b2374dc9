"""What a file of answers holds, whatever its format: facts about it, variables, rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from survey.definitions.model import Questionnaire
from survey.exports.variables import Variable
from survey.release import Release

Cell = int | str
"""A code: of a numeric variable an int, or the decimals as they were written; of all others text."""
Row = list[Cell]


@dataclass(frozen=True)
class Held:
    """What of a wave its file of answers holds, and what not.

    `items` are the ids of the items that it holds, in order; `breakdowns` those of the breakdowns, and
    `left_out` of items that it does not hold. `hidden` are items whose answers are not shown in some rows:
    the name of the group (as the file says it) -> ids; "" for all rows. `pools` is what stands together:
    label -> names of the groups.
    """

    items: tuple[str, ...]
    breakdowns: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pools: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Description:
    """A closed wave as a codebook describes it.

    `release_id` is what the release is cited by, `opens` the first day (ISO) or "".
    """

    release: Release
    release_id: str
    questionnaire: Questionnaire
    opens: str
    held: Held
    variables: tuple[Variable, ...]


@dataclass(frozen=True)
class Table:
    """A file of answers before it has a format. `rows` goes through its `number` rows from the first."""

    of: Description
    number: int
    rows: Callable[[], Iterator[Row]]

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The columns."""
        return self.of.variables
