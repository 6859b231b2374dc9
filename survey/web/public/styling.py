"""The style sheet of respondents' pages: squeezed, and of each page only the rules that it can use."""

import re
from collections.abc import Iterator
from functools import lru_cache

Facts = frozenset[str]
"""What a selector asks of a page, as CSS writes it: `legend`, `.q`, `#need`, `[type=checkbox]`."""

SCRIPTED = frozenset({".js", ".on"})
"""Classes that the script sets: no page shows them before."""

TAG = re.compile(r"<([a-z][a-z0-9]*)")
ATTRIBUTE = re.compile(r' (class|id|type|for|hreflang|data-if)="([^"]*)"| (data-if)>')
"""The attributes that selectors may name. Sentences hold none: their quotation marks are entities."""
ASKED = re.compile(r"(?<![\w-])[.#]?[a-z][\w-]*|\[[^\]]*\]")


class Sheet:
    """A style sheet from which pages take what they use.

    Rules stand on one level, or one deeper inside @media, @container and @supports. A selector is used if
    the page holds every tag, class, id and attribute that it names outside of brackets.
    """

    def __init__(self, source: str) -> None:
        self._rules = [_Rule(*rule) for rule in _rules(squeezed(source))]
        self._known = frozenset().union(*(rule.facts() for rule in self._rules))
        self._kept = lru_cache(maxsize=128)(self._with)

    def used_by(self, html: str) -> str:
        """The rules that a page can use, in their order."""
        return self._kept(_facts(html) & self._known)

    def _with(self, facts: Facts) -> str:
        return "".join(rule.used(facts) for rule in self._rules)


class _Rule:
    """A rule: its selectors, and its declarations or the rules inside."""

    def __init__(self, head: str, body: str) -> None:
        self._head, self._body = head, body
        nested = head.startswith("@")
        self._inside = [_Rule(*rule) for rule in _rules(body)] if nested else []
        self._selectors = [] if nested else [(one, _asked(one)) for one in _commas(head)]

    def facts(self) -> Facts:
        """All that its selectors ask."""
        asked = [one for _, one in self._selectors] + [rule.facts() for rule in self._inside]
        return frozenset().union(*asked)

    def used(self, facts: Facts) -> str:
        """What is left of it on a page with these facts."""
        if self._inside:
            body = "".join(rule.used(facts) for rule in self._inside)
            return f"{self._head}{{{body}}}" if body else ""
        head = ",".join(one for one, asked in self._selectors if asked <= facts)
        return f"{head}{{{self._body}}}" if head else ""


def squeezed(style: str) -> str:
    """A style sheet without comments and needless blanks."""
    style = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    style = re.sub(r"\s+", " ", style)
    return re.sub(r" ?([{};,>]) ?", r"\1", re.sub(r": ", ":", style)).replace(";}", "}").strip()


def _rules(style: str) -> Iterator[tuple[str, str]]:
    """(what stands before the braces, what stands in them) of each outermost rule."""
    depth = start = 0
    head = ""
    for place, sign in enumerate(style):
        if sign == "{":
            if depth == 0:
                head, start = style[start:place], place + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield head, style[start:place]
                start = place + 1


def _commas(head: str) -> list[str]:
    """The selectors of a rule; commas in brackets separate none."""
    return re.split(r",(?![^(]*\))", head)


def _asked(selector: str) -> Facts:
    """What a selector asks of a page: `.w a` asks for a `.w` and an `a`."""
    plain = re.sub(r"::?[\w-]+(\([^()]*(\([^()]*\)[^()]*)*\))?", " ", selector)
    return frozenset(ASKED.findall(plain)) - SCRIPTED - {"html"}


def _facts(html: str) -> Facts:
    """What a page offers to selectors."""
    found = set(TAG.findall(html))
    for name, value, bare in set(ATTRIBUTE.findall(html)):
        found |= {f"[{name or bare}]", f"[{name}={value}]"}
        if name == "class":
            found |= {f".{one}" for one in value.split()}
        elif name == "id":
            found.add(f"#{value}")
    return frozenset(found)
