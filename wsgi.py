"""For WSGI servers: `wsgi:app`; with `flask --app wsgi` the same application and the same commands."""

from survey.cli import register
from survey.web import create_app

app = create_app()
register(app)
