"""The only SQL: migrations, waves, invitations, responses, releases, evaluators."""

from survey.store.connection import DatabaseBusy, NoInstance, Store

__all__ = ["DatabaseBusy", "NoInstance", "Store"]
