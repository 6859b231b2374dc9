"""The least that does a respondent's job: a bare Flask + SQLite program with durable commits.

A signature is checked, one SELECT tells whether the link may still be answered, a constant page
goes out compressed; a POST is parsed, its values compared with those offered, and one durable
transaction marks the invitation and stores the answers as JSON; whoever has answered sees a second
constant page.
"""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterable
from pathlib import Path

from flask import Flask, Response, abort, redirect, request
from itsdangerous import BadSignature, Signer
from werkzeug.wrappers import Response as AnyResponse

DATABASE, PAGE, THANKS, ITEMS = "floor.db", "page.gz", "thanks.gz", "items.json"
OFFERED = frozenset(["1", "2", "3", "4", "5", "DK"])
PRAGMAS = ("PRAGMA journal_mode=TRUNCATE", "PRAGMA synchronous=EXTRA")
SIGNER = Signer("a secret key", salt="floor", digest_method=hashlib.sha256)


def connect(folder: Path) -> sqlite3.Connection:
    """A connection that commits durably."""
    connection = sqlite3.connect(folder / DATABASE, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection


def prepare(
    folder: Path, page: bytes, items: Iterable[str], invitations: int, thanks: bytes = b""
) -> list[str]:
    """Make the database and the pages; the links of the invitations."""
    folder.mkdir()
    (folder / PAGE).write_bytes(page)
    (folder / THANKS).write_bytes(thanks)
    (folder / ITEMS).write_text(json.dumps(list(items)))
    ids = [f"{number:022}" for number in range(invitations)]
    with connect(folder) as db:
        db.execute("CREATE TABLE invitation(id TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID")
        db.execute("CREATE TABLE response(id INTEGER PRIMARY KEY, answers TEXT NOT NULL)")
        db.execute("BEGIN")
        db.executemany("INSERT INTO invitation VALUES (?, 0)", [(one,) for one in ids])
        db.execute("COMMIT")
    return [SIGNER.sign(one).decode() for one in ids]


def store(db: sqlite3.Connection, invitation: str, answers: str) -> bool:
    """Mark an invitation and store its answers, durably; False where it was marked already."""
    db.execute("BEGIN IMMEDIATE")
    spent = db.execute("UPDATE invitation SET done = 1 WHERE id = ? AND done = 0", [invitation])
    if spent.rowcount == 1:
        db.execute("INSERT INTO response(answers) VALUES (?)", [answers])
    db.execute("COMMIT")
    return spent.rowcount == 1


def create_app(folder: Path) -> Flask:
    """The whole program."""
    app = Flask(__name__, static_folder=None)
    page, thanks_page = (folder / PAGE).read_bytes(), (folder / THANKS).read_bytes()
    items = json.loads((folder / ITEMS).read_text())
    local = threading.local()

    def database() -> sqlite3.Connection:
        if not hasattr(local, "db"):
            local.db = connect(folder)
        return local.db  # type: ignore[no-any-return]

    def constant(link: str, done: int, content: bytes) -> Response:
        row = database().execute("SELECT done FROM invitation WHERE id = ?", [_invitation(link)]).fetchone()
        if row != (done,):
            abort(410)
        return Response(content, mimetype="text/html", headers={"Content-Encoding": "gzip"})

    @app.get("/a/<link>")
    def questionnaire(link: str) -> Response:
        return constant(link, 0, page)

    @app.get("/a/<link>/thanks")
    def thanks(link: str) -> Response:
        return constant(link, 1, thanks_page)

    @app.post("/a/<link>")
    def answer(link: str) -> AnyResponse:
        invitation, form = _invitation(link), request.form
        answers = {item: form[item] for item in items if item in form}
        if not OFFERED.issuperset(answers.values()):
            abort(422)
        stored = store(database(), invitation, json.dumps(answers))
        return redirect(f"/a/{link}/thanks", 303) if stored else abort(409)

    return app


def _invitation(link: str) -> str:
    try:
        return SIGNER.unsign(link).decode()
    except BadSignature:
        abort(404)
