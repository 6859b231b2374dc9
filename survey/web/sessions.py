"""Sessions are for evaluators: respondents' and partners' requests have none, so they never get a cookie."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

WITHOUT = ("/a/", "/o/", "/p/")
"""What the paths of personal links, open links and partners' pages begin with."""


class EvaluatorsSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, everywhere but behind an address that is a secret by itself."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a request, or none (Flask then gives one that refuses to be written to)."""
        return None if request.path.startswith(WITHOUT) else super().open_session(app, request)


FAMILIES = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
"""What the first of these words that a browser's name of itself holds says about its family."""


def family(user_agent: str) -> str:
    """The family of a browser, "" for any other; nothing else of what it says about itself is kept."""
    return next((name for word, name in FAMILIES if word in user_agent), "")
