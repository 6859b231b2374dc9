"""`python -m survey.cli`: the command where no console script was installed."""

from survey.cli import main

main()
