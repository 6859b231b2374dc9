"""A definition's file -> Questionnaire, or a refusal that carries every problem."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from survey.definitions.checking import examined
from survey.definitions.meaning import COMPLETE, PARTIAL
from survey.definitions.model import (
    AllOf,
    AnyOf,
    Breakdown,
    Comparison,
    Condition,
    Cross,
    Dimension,
    Export,
    Group,
    Indicator,
    Item,
    JointShare,
    Kind,
    Mean,
    Mode,
    Operator,
    Option,
    Point,
    Profile,
    Questionnaire,
    Ranking,
    Recommendation,
    Scale,
    Section,
    Share,
    Source,
    StatusChange,
    Summary,
)
from survey.definitions.problems import Problem
from survey.language import Refusal, plural_text

LONGEST_TEXT = 400
"""Characters that a text item takes where the definition says nothing."""

Object = Mapping[str, Any]


class InvalidDefinition(Refusal):
    """A definition with problems; `problems` holds all of them, in the order of the file."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(
            plural_text(
                "{name} has {n} problem and cannot be used: {first}",
                "{name} has {n} problems and cannot be used; the first is: {first}",
                len(problems),
                name=name,
                first=problems[0].placed,
            )
        )


@lru_cache(maxsize=64)
def load(content: bytes | str, name: str) -> Questionnaire:
    """The Questionnaire of a file (bytes or text) that problems call `name`. Raises InvalidDefinition.

    The same text is judged once: that takes 35 ms, and every page of a wave reads its frozen definition.
    """
    data, problems = examined(content, name)
    if problems:
        raise InvalidDefinition(name, problems)
    return _questionnaire(data)


def _questionnaire(data: Object) -> Questionnaire:
    scales = {name: _scale(name, scale) for name, scale in data["scales"].items()}
    completeness = data.get("completeness", {})
    return Questionnaire(
        id=data["id"],
        version=data["version"],
        audience=data["audience"],
        mode=Mode(data["mode"]),
        languages=tuple(data["languages"]),
        title=data["title"],
        introduction=data["introduction"],
        breakdowns=tuple(_breakdown(breakdown) for breakdown in data["breakdowns"]),
        sections=tuple(_section(section, scales) for section in data["sections"]),
        indicators=tuple(_INDICATORS[entry["kind"]](entry) for entry in data["indicators"]),
        complete_from=completeness.get("complete", COMPLETE),
        partial_from=completeness.get("partial", PARTIAL),
        pages=data.get("pages", "one"),
        review=data.get("review", False),
        export=Export(data["export"].get("breakdown")) if "export" in data else None,
        crosses=tuple(Cross(rows, columns) for rows, columns in data.get("crosses", ())),
    )


def _breakdown(data: Object) -> Breakdown:
    return Breakdown(data["id"], data["label"], data.get("inside"), Source(data["from"]))


def _scale(name: str, data: Object) -> Scale:
    return Scale(
        id=name,
        points=tuple(Point(point["value"], point["label"]) for point in data["points"]),
        not_applicable=data.get("not_applicable"),
        top2=tuple(data.get("top2", ())),
        bottom2=tuple(data.get("bottom2", ())),
    )


def _section(data: Object, scales: Mapping[str, Scale]) -> Section:
    entries = (_entry(entry, scales) for entry in data["items"])
    return Section(data["id"], data["title"], tuple(item for items in entries for item in items))


def _entry(data: Object, scales: Mapping[str, Scale]) -> tuple[Item, ...]:
    """One item, or those of a group."""
    if "group" not in data:
        return (_item(data, scales),)
    group = Group(data["group"], data["text"], data.get("help"))
    every = {"kind": "scale", "scale": data["scale"], "required": data.get("required", False)}
    return tuple(
        _item(
            {**every, **member, "show_if": _both(data.get("show_if"), member.get("show_if"))}, scales, group
        )
        for member in data["items"]
    )


def _both(outer: Object | None, inner: Object | None) -> Object | None:
    """The condition of a group and that of its item as one."""
    return {"all": [outer, inner]} if outer and inner else outer or inner


def _item(data: Object, scales: Mapping[str, Scale], group: Group | None = None) -> Item:
    show_if = data.get("show_if")
    return Item(
        id=data["id"],
        kind=Kind(data["kind"]),
        text=data["text"],
        help=data.get("help"),
        required=data.get("required", False),
        demographic=data.get("demographic", False),
        export=data.get("export", False),
        show_if=_condition(show_if) if show_if else None,
        group=group,
        **_ITEMS[Kind(data["kind"])](data, scales),
    )


def _condition(data: Object) -> Condition:
    if "all" in data:
        return AllOf(tuple(map(_condition, data["all"])))
    if "any" in data:
        return AnyOf(tuple(map(_condition, data["any"])))
    if "at_least" in data:
        return Comparison(data["item"], Operator.AT_LEAST, least=data["at_least"])
    operator = Operator.IN if "in" in data else Operator.NOT_IN
    return Comparison(data["item"], operator, _codes(data[operator]))


def _scale_item(data: Object, scales: Mapping[str, Scale]) -> Object:
    scale = scales[data["scale"]]
    return {
        "scale": scale,
        "reversed": data.get("reversed", False),
        "not_applicable": scale.not_applicable,
    }


def _choice_item(data: Object, _scales: Mapping[str, Scale]) -> Object:
    options = tuple(
        Option(option["value"], option["label"], option.get("exclusive", False)) for option in data["options"]
    )
    return {
        "options": options,
        "max_choices": data.get("max_choices", 0),
        "not_applicable": data.get("not_applicable"),
    }


def _number_item(data: Object, _scales: Mapping[str, Scale]) -> Object:
    return {
        "minimum": data["minimum"],
        "maximum": data["maximum"],
        "decimals": data.get("decimals", 0),
        "unit": data.get("unit"),
        "not_applicable": data.get("not_applicable"),
    }


def _text_item(data: Object, _scales: Mapping[str, Scale]) -> Object:
    return {"max_length": data.get("max_length", LONGEST_TEXT)}


_ITEMS: Mapping[Kind, Callable[[Object, Mapping[str, Scale]], Object]] = {
    Kind.SCALE: _scale_item,
    Kind.CHOICE: _choice_item,
    Kind.CHOICES: _choice_item,
    Kind.NUMBER: _number_item,
    Kind.TEXT: _text_item,
}


def _codes(values: Sequence[int | str]) -> tuple[str, ...]:
    return tuple(str(value) for value in values)


def _share(data: Object) -> Share | JointShare:
    values, label = _codes(data["values"]), data.get("label")
    if "items" in data:
        return JointShare(data["id"], tuple(data["items"]), values, data.get("need", "any"), label)
    return Share(data["id"], data["item"], values, label)


def _recommendation(data: Object) -> Recommendation:
    sets = {key: _codes(data.get(key, ())) for key in ("promoters", "passives", "detractors")}
    return Recommendation(data["id"], data["item"], _codes(data["would"]), label=data.get("label"), **sets)


def _profile(data: Object) -> Profile:
    dimensions = tuple(Dimension(d["id"], d["label"], tuple(d["items"])) for d in data["dimensions"])
    return Profile(data["id"], dimensions, data.get("label"))


_INDICATORS: Mapping[str, Callable[[Object], Indicator]] = {
    "mean": lambda data: Mean(data["id"], data["item"], data.get("label")),
    "share": _share,
    "ranking": lambda data: Ranking(data["id"], data["item"], data.get("label")),
    "recommendation": _recommendation,
    "status_change": lambda data: StatusChange(data["id"], data["before"], data["after"], data.get("label")),
    "profile": _profile,
    "summary": lambda data: Summary(
        data["id"], data["item"], data.get("label"), tuple(data.get("bands", ()))
    ),
}
