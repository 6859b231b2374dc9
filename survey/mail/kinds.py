"""The kinds of mail that people get."""

INVITATION, REMINDER, RESULTS = "invitation", "reminder", "results"
KINDS = (INVITATION, REMINDER, RESULTS)
