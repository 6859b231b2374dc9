"""A Page as a response: headers, and gzip for whoever takes it."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header

from survey.web.public.pages import Page

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


def policy(style_digest: str) -> str:
    """The Content-Security-Policy of a page whose one style sheet has this SHA-256 (Base64)."""
    return (
        f"default-src 'none'; style-src 'sha256-{style_digest}'; img-src data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


class _Complete(Response):
    """A response whose headers are complete: Werkzeug need not copy and judge each once more."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """The headers as they are."""
        return self.headers


def reply(
    page: Page, style_digest: str, status: int = 200, more: Mapping[str, str] | None = None
) -> Response:
    """The response that carries a page; `more` are further headers."""
    packed = _takes_gzip(request.headers.get("Accept-Encoding", ""))
    headers = [
        KEPT_UNTIL_SENT if page.returnable else NEVER_KEPT,
        *HEADERS,
        ("Content-Type", "text/html; charset=utf-8"),
        ("Content-Language", page.language),
        ("Content-Security-Policy", policy(style_digest)),
        ("Vary", "Accept-Encoding, Accept-Language"),
        *((("Content-Encoding", "gzip"),) if packed else ()),
        *(more or {}).items(),
    ]
    return _Complete(page.packed if packed else page.plain, status, headers)


def redirection(address: str, more: Mapping[str, str] | None = None) -> Response:
    """Go and see another page (303), without a trace in caches or referrers; `more` are further headers."""
    headers = [NEVER_KEPT, *HEADERS, ("Location", address), *(more or {}).items()]
    return Response(status=303, headers=headers)


@lru_cache(maxsize=256)
def _takes_gzip(accepted: str) -> bool:
    return parse_accept_header(accepted).quality("gzip") > 0
