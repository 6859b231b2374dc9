"""`survey comments WAVE` and `survey comments redact`."""

from typing import Any

import click

from survey import commenting
from survey.cli.common import Group, Instance, now, print_json, say, t, whoever
from survey.cli.released import note_taken
from survey.commenting import Asked

LIST = "list"


class Comments(Group):
    """A group in which what is no command of its own is a wave, whose comments are listed."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """`survey comments WAVE` is `survey comments list WAVE`."""
        own = {*self.commands, *self.get_help_option_names(ctx)}
        return super().parse_args(ctx, args if not args or args[0] in own else [LIST, *args])


@click.group(cls=Comments, help=t("The comments of a closed wave."))
def comments() -> None:
    """List, search, redact."""


@comments.command(LIST, help=t("Print the comments of a closed wave; survey comments WAVE does the same."))
@click.argument("wave_id", metavar="WAVE")
@click.option("--search", default="", metavar="WORDS", help=t("those only that hold these words"))
@click.option("--json", "as_json", is_flag=True, help=t("for programs"))
def list_(wave_id: str, search: str, as_json: bool) -> None:
    """Of an anonymous wave from ten comments on a question up, in an order that tells nothing."""
    found = commenting.comments(Instance().store, wave_id, search)
    note_taken(wave_id, "comments")
    if as_json:
        print_json([_plain(one) for one in found])
        return
    for one in found:
        click.echo(f"{t.choose(one.item.text)} [{one.item.id}]")
        if one.comments is None:
            click.echo(f"  {t('fewer than {n} comments: not shown', n=one.fewest)}")
        for comment in one.comments or ():
            who = f" – {comment.who}" if comment.who else ""
            click.echo(f"  {comment.place}{who}: {' '.join(comment.text.split())}")


def _plain(one: Asked) -> dict[str, Any]:
    shown = [{"place": c.place, "text": c.text, "who": c.who} for c in one.comments or ()]
    few = {"reason": "too_few_answers"} if one.comments is None else {}
    return {"item": one.item.id, "n": one.n, "comments": None if few else shown, **few}


@comments.command(
    help=t(
        "Overwrite a comment for good, or a part of it such as a name; the log says that it was done. ITEM "
        "and PLACE stand in the list."
    )
)
@click.argument("wave_id", metavar="WAVE")
@click.argument("item")
@click.argument("place")
@click.option("--part", metavar="WORDS", help=t("only these words, wherever they stand in it"))
@click.option("--yes", is_flag=True, help=t("without asking once more"))
def redact(wave_id: str, item: str, place: str, part: str | None, yes: bool) -> None:
    """There is no way back, so it asks first."""
    store = Instance().store
    before = commenting.comment(store, wave_id, item, place)
    if not yes:
        after = commenting.REDACTED if part is None else commenting.without(before.text, part)
        click.echo(f"- {before.text}\n+ {after}", err=True)
        click.confirm(t("This cannot be undone. Overwrite it?"), abort=True, err=True)
    done = commenting.redact(store, wave_id, item, place, part, whoever(), now())
    say("redacted; it now reads: {text}", text=done.text)
