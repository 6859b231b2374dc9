"""The sums and sums of products of a dimension's items, from which its reliability is computed."""

from collections.abc import Mapping, Sequence

import numpy as np

from survey.counting.coding import Codes, Coding, turned


class Products:
    """Adds up over the people who answered all items of a dimension, reversed ones turned."""

    def __init__(self, name: str, items: Sequence[str], codings: Sequence[Coding]) -> None:
        place = {coding.item.id: column for column, coding in enumerate(codings)}
        self.name = name
        self._columns = [place[item] for item in items]
        self._values = [codings[column].of_answers(turned(codings[column].item)) for column in self._columns]
        self._first = np.array([[codings[column].first] for column in self._columns])
        self._n = 0
        self._sums = np.zeros(len(items))
        self._products = np.zeros((len(items), len(items)))

    def add(self, coded: Codes) -> None:
        """Add some people (items x people)."""
        complete = (coded[self._columns] >= self._first).all(axis=0)
        # Floats hold whole numbers exactly up to 2**53, and numpy multiplies them far faster.
        values = np.array(
            [
                values[coded[column, complete]]
                for column, values in zip(self._columns, self._values, strict=True)
            ],
            dtype=np.float64,
        )
        self._n += int(complete.sum())
        self._sums += values.sum(axis=1)
        self._products += values @ values.T

    def finished(self) -> Mapping[str, int]:
        """`n`, the sums `0` to `k-1` and the sums of products `0*0`, `0*1` to `k-1*k-1`.

        Of a product's two items the first comes first: there is no `1*0`.
        """
        items = range(len(self._columns))
        sums = {str(one): int(self._sums[one]) for one in items}
        products = {
            f"{one}*{other}": int(self._products[one, other])
            for one in items
            for other in items
            if one <= other
        }
        return {"n": self._n, **sums, **products}
