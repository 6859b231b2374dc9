"""The definitions that ship; `survey.definitions.shipped` finds them here."""
