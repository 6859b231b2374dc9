"""The answers of a closed wave as files: one row for each response, one column for each variable."""
