"""A Page as a response: headers, and gzip for whoever takes it."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header

from survey.web.public.packing import AnyPage

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

NEVER_KEPT = ("Cache-Control", "no-store")
KEPT_UNTIL_SENT = ("Cache-Control", "private, no-cache")
"""With `no-store`, Chromium answers its back button with an error page where a form was sent."""

FORGET = {"Clear-Site-Data": '"cache"'}
"""Makes the browser drop what it kept; for the response to answers that were sent from a kept page."""

HEADERS = (
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Robots-Tag", "noindex"),
)
HTML = ("Content-Type", "text/html; charset=utf-8")


class _Copied(Headers):
    """A copy of headers that were judged when the first of their kind were made: one list copied."""

    def __init__(self, judged: Headers) -> None:
        self._list = list(judged)


class _Complete(Response):
    """A response whose headers are complete: Werkzeug need not copy and judge each once more."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers as they are."""
        return self.headers


def reply(page: AnyPage, status: int = 200, more: Mapping[str, str] | None = None) -> Response:
    """The response that carries a page; `more` are further headers."""
    packed = _takes_gzip(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
    body = page.packed if packed else page.plain
    headers = _Copied(_headers(page.language, page.returnable, packed, len(body), page.policy))
    headers.extend(more or ())
    return _Complete([body], status, headers)


@lru_cache(maxsize=256)
def _headers(language: str, returnable: bool, packed: bool, length: int, policy: str) -> Headers:
    """The headers of a page, made once: they cost more than the rest of a response."""
    return Headers(
        [
            KEPT_UNTIL_SENT if returnable else NEVER_KEPT,
            *HEADERS,
            HTML,
            ("Content-Language", language),
            ("Content-Length", str(length)),
            ("Content-Security-Policy", policy),
            ("Vary", "Accept-Encoding, Accept-Language"),
            *((("Content-Encoding", "gzip"),) if packed else ()),
        ]
    )


def facts(said: Mapping[str, object], status: int = 200) -> Response:
    """A reply to the script of a page, as JSON."""
    body = json.dumps(said, ensure_ascii=False)
    return Response(body, status, [NEVER_KEPT, *HEADERS, ("Content-Type", "application/json")])


def redirection(address: str, more: Mapping[str, str] | None = None) -> Response:
    """Go and see another page (303), without a trace in caches or referrers; `more` are further headers.

    `address` is one of ours, in ASCII.
    """
    headers = [
        NEVER_KEPT, *HEADERS, HTML, ("Content-Length", "0"), ("Location", address), *(more or {}).items()
    ]  # fmt: skip
    return _Complete([], 303, headers)


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted).quality("gzip") > 0
