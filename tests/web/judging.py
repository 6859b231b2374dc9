"""What is wrong with the page that is open: by axe, and by what axe does not see."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

JUDGE = (Path(__file__).parent / "judge.js").read_text(encoding="utf-8")
WIDE_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-bottom: 2em !important }"
)
"""What WCAG 1.4.12 lets readers ask for."""


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """What axe finds, as rule and element."""
    found = page.evaluate("options => axe.run(options)", {**options, "resultTypes": ["violations"]})
    return [f"{one['id']}: {node['html']}" for one in found["violations"] for node in one["nodes"]]


def judged(page: Page, *whats: str, style: str = "") -> list[str]:
    """What `judge.js` finds, with a style sheet of the reader's own: for pages whose policy is set aside."""
    judge = f"""([style, whats]) => {{
        const own = document.head.appendChild(document.createElement('style'))
        own.textContent = style
        const by = ({JUDGE})()
        const found = whats.flatMap(what => by[what]())
        own.remove()
        return found
    }}"""
    return page.evaluate(judge, [style, whats])
