"""Respondents' pages: what a personal link opens, and the few pages around it.

No cookie, nothing loaded from elsewhere, no need for a script; the link itself is the secret, so the
form carries no token of its own that could expire and lose an answer. A small script of our own makes
the page better (docs/decisions/0021-script.md).
"""

from survey.web.public.pages import Pages
from survey.web.public.views import public

__all__ = ["Pages", "public"]
