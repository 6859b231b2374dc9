"""The Database that a Store hands out, and the one place that loads sqlite_utils.

sqlite_utils loads pandas wherever it is installed, to take tables from it: half a second and 60 MB more in
every process, for nothing that is used here. So it is loaded as if pandas were absent.
"""

import sys

_LOADED = "pandas" in sys.modules
if not _LOADED:
    # None in this place makes an import fail as that of a package that is not installed.
    sys.modules["pandas"] = None  # type: ignore[assignment]
from sqlite_utils import Database  # noqa: E402 - must come after

if not _LOADED:
    del sys.modules["pandas"]

__all__ = ["Database"]
