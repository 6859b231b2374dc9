"""Release -> Results: every figure of a closed wave, one entry per kind."""
