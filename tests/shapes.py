"""Random answers to the three definitions `shapes_*.json`, as rows of text such as a file of answers has."""

import numpy as np
import pandas as pd

Random = np.random.Generator


def _some(random: Random, values: np.ndarray, share: float) -> np.ndarray:
    """`values` as texts, a share of them left out."""
    return np.where(random.random(len(values)) < share, "", values.astype(str))


def sixty_offices(people: int = 3000, seed: int = 60) -> pd.DataFrame:
    """60 offices of unequal size, one far better than the others; a tenth leaves each item out."""
    random = np.random.default_rng(seed)
    weights = random.uniform(0.3, 2.0, 60)
    office = random.choice(60, people, p=weights / weights.sum())
    mood = random.normal(0, 1, people) + np.where(office == 7, 2.5, 0) + random.normal(0, 0.3, 60)[office]

    def tenths(centre: float, sign: int = 1) -> np.ndarray:
        return np.clip(np.rint(centre + sign * 1.4 * mood + random.normal(0, 1.3, people)), 0, 10).astype(int)

    frame = {"office": [f"U{number:02}" for number in office]}
    for name, sign in (("time_enough", 1), ("time_balance", 1), ("time_hurry", -1)):
        frame[name] = _some(random, tenths(6, sign), 0.1)
    for name, sign in (("people_help", 1), ("people_alone", -1)):
        frame[name] = _some(random, tenths(7 if sign > 0 else 3, sign), 0.1)
    frame["recommend"] = _some(random, tenths(7), 0.1)
    frame["gender"] = random.choice(
        ["woman", "man", "other", "DK", ""], people, p=[0.5, 0.4, 0.02, 0.04, 0.04]
    )
    return _silent(pd.DataFrame(frame), random, 0.45, ("office",))


def routing(people: int = 1200, seed: int = 61) -> pd.DataFrame:
    """A filter question and what follows it; some fill in what was not meant for them."""
    random = np.random.default_rng(seed)
    used = random.choice(["yes", "no", "DK", ""], people, p=[0.55, 0.35, 0.05, 0.05])
    ticks = ["cost", "hours", "far", "full"]
    reasons = ["|".join(t for t in ticks if random.random() < 0.35) or "none" for _ in range(people)]
    careless = random.random(people) < 0.1
    utility = _some(random, np.clip(np.rint(random.normal(3.8, 1, people)), 1, 5).astype(int), 0.05)
    easy = _some(random, np.clip(np.rint(random.normal(3.2, 1.1, people)), 1, 5).astype(int), 0.05)
    hours = np.round(np.minimum(random.gamma(2, 4, people), 60), 1)
    yes, no = used == "yes", used == "no"
    frame = pd.DataFrame(
        {
            "site": random.choice(["Milano", "Monza", "Lodi", "Legnano"], people),
            "used": used,
            "reasons": np.where(no | careless, [r if r.count("|") < 3 else "cost" for r in reasons], ""),
            "utility": np.where(yes | careless, utility, ""),
            "easy": easy,
            "hours": np.where(yes | careless, _some(random, hours, 0.1), ""),
            "again": _some(random, random.choice(["yes", "no"], people, p=[0.8, 0.2]), 0.05),
        }
    )
    return _silent(frame, random, 0.5, ("site",))


def silence(people: int = 2400, seed: int = 62) -> pd.DataFrame:
    """Most leave out most: 55 % of each item is missing, statuses are often given on one side only."""
    random = np.random.default_rng(seed)
    mood = random.normal(0, 1, people)
    frame = {"alliance": random.choice(["A1", "A2", "A3"], people)}
    used = [[s for s in ("camp", "care", "voucher") if random.random() < 0.4] for _ in range(people)]
    frame["services"] = ["|".join(one) or random.choice(["none", ""]) for one in used]
    for name, sign in (("sleep", 1), ("calm", 1), ("energy", 1), ("tired", -1)):
        points = np.clip(np.rint(4.5 + sign * mood + random.normal(0, 1, people)), 1, 7).astype(int)
        frame[name] = _some(random, np.where(random.random(people) < 0.05, "DK", points), 0.55)
    statuses = np.array(["seeking", "permanent", "fixed", "other"])
    before = random.choice(4, people, p=[0.2, 0.5, 0.2, 0.1])
    now = np.where(random.random(people) < 0.15, random.choice(4, people, p=[0.05, 0.6, 0.25, 0.1]), before)
    frame["status_before"] = _some(random, statuses[before], 0.4)
    frame["status_now"] = _some(random, statuses[now], 0.4)
    return _silent(pd.DataFrame(frame), random, 0.4, ("alliance",))


def _silent(frame: pd.DataFrame, random: Random, rate: float, groups: tuple[str, ...]) -> pd.DataFrame:
    """The same people, of whom only the share `rate` answered."""
    frame.loc[random.random(len(frame)) >= rate, [name for name in frame if name not in groups]] = ""
    return frame
