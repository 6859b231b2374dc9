"""Charts drawn by a process of their own, so that the one that asks never loads the drawing library.

`Draughtsman` is the end of whoever asks, `work` the child's (`python -m survey.charts`). To the child
go a Chart, a format and a frame, one pickle after the other; back come, for each, what became of it, the
number of bytes, and the bytes of the file or of the reason. The child ends where nothing more can come.
"""

import os
import pickle
import signal
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self
from weakref import finalize

from survey.charts.framing import ORDINARY, DoesNotFit, Frame, NoSuchSheet
from survey.charts.model import Chart
from survey.charts.rendering import render
from survey.language import Refusal, Text, text

HEAD = struct.Struct(">BQ")
FAILED, DRAWN, TOO_MUCH, NO_SHEET = range(4)
"""What became of a chart: no file, a file, none because it does not fit its size or has fewer sheets."""
LONGEST = 60.0
"""Seconds that one chart may take; the largest take a few."""
CHILD = (sys.executable, "-m", "survey.charts")


class DrawingFailed(Refusal):
    """The process that draws charts did not draw this one."""


class Draughtsman:
    """A child process that draws one chart after the other until it is dismissed.

    `folder` is where the drawing library may keep its list of fonts, unless MPLCONFIGDIR says so. Not to be
    used by several threads at once. Raises DrawingFailed where no process can be started.
    """

    def __init__(self, folder: Path, seconds: float = LONGEST, command: Sequence[str] = CHILD) -> None:
        self._seconds = seconds
        self._too_late = False
        try:
            self._child = subprocess.Popen(  # noqa: S603 - our own program, no word of which comes from outside
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(folder),
            )
        except OSError as failure:
            raise _failed(str(failure.strerror)) from failure
        # A process that ends while a thread of it waits for a chart takes its child along.
        self._end = finalize(self, self._child.kill)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.dismiss()

    @property
    def pid(self) -> int:
        """The number of the child process."""
        return self._child.pid

    def draw(self, chart: Chart, file_format: str, frame: Frame = ORDINARY) -> bytes:
        """The file of a chart, as `render` gives it.

        Raises DoesNotFit, NoSuchSheet; and DrawingFailed, after which this draughtsman is of no more use,
        where the child refuses, ends or takes longer than its time.
        """
        late = Timer(self._seconds, self._stop)
        late.start()
        try:
            outcome, body = self._asked(pickle.dumps((chart, file_format, frame)))
        finally:
            late.cancel()
        if outcome == DRAWN:
            return body
        if outcome == TOO_MUCH:
            raise DoesNotFit(frame.size)
        if outcome == NO_SHEET:
            raise NoSuchSheet(frame.sheet)
        if self._too_late:
            raise _failed(text("it took more than {seconds} seconds", seconds=self._seconds))
        raise _failed(body.decode() or text("the process that draws has ended"))

    def _stop(self) -> None:
        self._too_late = True
        self._child.kill()

    def _asked(self, order: bytes) -> tuple[int, bytes]:
        """What the child answers; no words at all where it is gone."""
        to_child, from_child = self._child.stdin, self._child.stdout
        if to_child is None or from_child is None:
            raise TypeError("the child has no pipes")
        with suppress(BrokenPipeError):
            to_child.write(order)
            to_child.flush()
        head = from_child.read(HEAD.size)
        if len(head) < HEAD.size:
            return FAILED, b""
        outcome, length = HEAD.unpack(head)
        body = from_child.read(length)
        return outcome if len(body) == length else FAILED, body

    def dismiss(self) -> None:
        """End the child and wait for its end."""
        self._end()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        self._child.wait()


def _failed(why: str | Text) -> DrawingFailed:
    return DrawingFailed("the chart could not be drawn ({why}); ask for it again", why=why)


def _environment(folder: Path) -> dict[str, str]:
    """The child's environment: no secrets, and a place for the drawing library's list of fonts."""
    open_to_all = {name: value for name, value in os.environ.items() if not name.startswith("SURVEY_")}
    return {"MPLCONFIGDIR": str(folder / "fonts"), **open_to_all}


def work(orders: IO[bytes], answers: IO[bytes]) -> None:
    """The child: draw what is asked for until nothing more comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asks
    while True:
        try:
            chart, file_format, frame = pickle.load(orders)  # noqa: S301 - it comes from the process that started this one
        except EOFError:
            return
        try:
            outcome, body = DRAWN, render(chart, file_format, frame)
        except DoesNotFit:
            outcome, body = TOO_MUCH, b""
        except NoSuchSheet:
            outcome, body = NO_SHEET, b""
        except Exception as failure:
            outcome, body = FAILED, f"{type(failure).__name__}: {failure}".encode(errors="replace")
        answers.write(HEAD.pack(outcome, len(body)) + body)
        answers.flush()
