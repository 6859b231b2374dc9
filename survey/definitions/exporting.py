"""Whether what a definition says of the file of answers can be: its breakdown, its demographic items."""

from collections.abc import Iterator

from survey.definitions.outline import Node, Outline
from survey.definitions.problems import Fault, listed, shown
from survey.language import Text, text


def export_faults(outline: Outline) -> Iterator[Fault]:
    """Every fault of `export`, at the top and of items."""
    export = outline.top.data.get("export")
    if isinstance(export, dict):
        yield from _of_file(outline, Node(("export",), export))
    for item in outline.items:
        if item.data.get("export") is True:
            for problem in _of_item(outline, item):
                yield Fault(item.at("export"), problem)


def _of_file(outline: Outline, export: Node) -> Iterator[Fault]:
    if outline.top.word("mode") == "named":
        yield Fault(export.path, text("in a named wave evaluators get every answer anyway; remove it"))
        return
    if outline.top.word("mode") == "panel":
        problem = text(
            "in a panel wave this would tell whose answers in one wave belong to whose in the next: the rows "
            "of both fit the study's tables of changes in one way only; remove it"
        )
        yield Fault(export.path, problem)
        return
    yield from _crosses(outline)
    name = export.word("breakdown")
    if name is None:
        return
    invited = [one for one in outline.top.objects("breakdowns") if one.word("from") == "invitation"]
    names = [one.word("id") for one in invited]
    if name not in names:
        problem = text(
            "there is no breakdown {name} from the invitation; use one of these: {names}",
            name=shown(name),
            names=listed(names),
        )
        yield Fault(export.at("breakdown"), problem)
        return
    yield from _not_first(export, name, invited[: names.index(name) + 1])


def _crosses(outline: Outline) -> Iterator[Fault]:
    if outline.top.entries("crosses"):
        problem = text(
            "beside a file of single answers no cross can be shown, as the rows of its cells could be found; "
            'remove the crosses, or "export"'
        )
        yield Fault(("crosses",), problem)


def _not_first(export: Node, name: str, line: list[Node]) -> Iterator[Fault]:
    """What stands before the breakdown is what it lies inside: only so is its group never dropped."""
    inside = line[-1].word("inside")
    for earlier in reversed(line[:-1]):
        if earlier.word("id") != inside:
            problem = text(
                "{name} stands behind {earlier}, in which it does not lie; put it before that, "
                "or use another breakdown",
                name=shown(name),
                earlier=shown(earlier.word("id")),
            )
            yield Fault(export.at("breakdown"), problem)
            return
        inside = earlier.word("inside")


def _of_item(outline: Outline, item: Node) -> Iterator[Text]:
    if "export" not in outline.top.data:
        yield text('this needs "export" at the top of the file, which offers a file of answers; add it there')
    if item.data.get("demographic") is not True:
        yield text("only demographic items need this; all others are in the file anyway, so remove it")
    elif item.word("kind") == "text":
        yield text("texts stand in no file of answers, as they betray their author; remove it")
    elif item.word("id") in {one.word("id") for one in outline.top.objects("breakdowns")}:
        yield text(
            "{name} divides people into groups, and what is withheld there could be counted; remove it",
            name=shown(item.word("id")),
        )
