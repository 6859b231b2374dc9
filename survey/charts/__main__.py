"""The child process that draws: `python -m survey.charts`."""

import sys

from survey.charts.apart import work

work(sys.stdin.buffer, sys.stdout.buffer)
