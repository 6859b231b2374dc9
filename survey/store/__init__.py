"""The only SQL: migrations, waves, invitations, responses, releases, evaluators."""

from survey.store.connection import DatabaseBusy, NoInstance, SendingElsewhere, Store

__all__ = ["DatabaseBusy", "NoInstance", "SendingElsewhere", "Store"]
