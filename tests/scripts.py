"""Squeezes the scripts of the respondents' pages: `make scripts`. The tests fail until that was done."""

import json
from hashlib import sha256

from survey.web.public.scripting import SCRIPTS, SQUEEZED, source

SOURCES = SQUEEZED / "sources.json"
"""The SHA-256 of each script as it was written when it was squeezed."""


def checksums() -> dict[str, str]:
    """The SHA-256 of each script as it is written."""
    return {name: sha256(source(name).encode()).hexdigest() for name in SCRIPTS}


def main() -> None:
    """Write every script as pages carry it."""
    import minify

    SQUEEZED.mkdir(exist_ok=True)
    for name in SCRIPTS:
        text = minify.string("application/javascript", source(name))
        (SQUEEZED / f"{name}.js").write_text(text, encoding="utf-8")
    SOURCES.write_text(json.dumps(checksums(), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
