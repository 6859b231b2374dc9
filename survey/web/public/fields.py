"""The fields of a form that are no answers. No item can be called so: ids begin with a letter."""

from collections.abc import Mapping, Sequence

Sent = Mapping[str, Sequence[str]]
"""What a form sent: name -> every value, in order."""

GO = "_go"
"""What the pressed button wants; left out where one page is all: it is sent."""

CARRIED = "_carried"
"""The answers of other pages, signed; empty where the form has no other page, but holds answers."""


PAGE = "_page"
"""The place of the page, from 0; left out on the first. After the last comes the end, which asks nothing."""


REVISION = "_revision"
"""In named waves: the revision of the draft that the form was shown with."""

BY = "_by"
"""In named waves: the name of whoever fills the form in."""

KEEP = "_keep."
"""Before an item's id: which of two versions of its answer stays."""

START = "_start"
"""On the page of an open link: its one-time number."""

CODE = "code"
"""On the home page: the short code of a letter."""


def filled(sent: Sent) -> bool:
    """Whether anything was answered at all: fields for text are sent empty, too."""
    return any(value.strip() for values in sent.values() for value in values)
