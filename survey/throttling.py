"""How often something may happen: a bucket that empties as it is used and fills again with time.

Held in memory, for each process by itself; never by network address: a whole company shares one.
"""

from threading import Lock

MOST_NAMES = 10_000
"""Buckets that are kept; the fullest ones, which say nothing, are forgotten first."""


class Throttle:
    """Lets `burst` things happen at once under each name, and `per_second` more as time goes by."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left: dict[object, tuple[float, float]] = {}
        self._guard = Lock()

    def allows(self, name: object, now: float) -> bool:
        """Whether one more may happen at `now` (seconds, of a clock that never goes back); uses nothing."""
        with self._guard:
            return self._level(name, now) >= 1

    def take(self, name: object, now: float) -> bool:
        """Use one up, if there is one."""
        with self._guard:
            level = self._level(name, now)
            if level < 1:
                return False
            if len(self._left) >= MOST_NAMES:
                self._left = {one: kept for one, kept in self._left.items() if not self._full(one, now)}
            self._left[name] = (level - 1, now)
            return True

    def _level(self, name: object, now: float) -> float:
        level, then = self._left.get(name, (float(self._burst), now))
        return min(float(self._burst), level + max(0.0, now - then) * self._per_second)

    def _full(self, name: object, now: float) -> bool:
        return self._level(name, now) >= self._burst
