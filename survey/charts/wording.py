"""The words of a chart as files can hold them."""

import re

UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def plain(words: str) -> str:
    """Words without line breaks and without characters that XML does not allow."""
    return UNPRINTABLE.sub(" ", words)
