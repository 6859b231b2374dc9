"""`python -m survey.cli.worker PARENT THREADS DESCRIPTOR...`: one of the processes of `survey serve`.

It serves the instance of the environment on sockets that it inherits, and ends with the process PARENT
that started it.
"""

import os
import socket
import sys

import click

from survey.cli.working import work
from survey.settings import load
from survey.web import create_app


def main(parent: str, threads: str, *descriptors: str) -> None:
    """Say "ready" on standard output, then serve."""
    listening = [socket.socket(fileno=int(descriptor)) for descriptor in descriptors]
    settings = load(os.environ)
    app = create_app(settings)
    click.echo("ready")
    work(app, listening, int(threads), settings.proxy, lambda: os.getppid() != int(parent))


if __name__ == "__main__":
    main(*sys.argv[1:])
