"""Respondents' pages: what a personal link opens, and the few pages around it.

No cookie, no script, nothing loaded from elsewhere; the link itself is the secret, so the form
carries no token of its own that could expire and lose an answer.
"""

from survey.web.public.pages import Pages
from survey.web.public.views import public

__all__ = ["Pages", "public"]
