"""Files -> a ZIP whose bytes depend on them alone, written file by file to where it shall lie."""

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import IO

SINCE = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a ZIP: the earliest that there is, so that the same files give the same bytes."""
MODE = 0o644 << 16
PACKED = (".png", ".zip", ".xlsx")
"""What is packed in itself and would only take time to be packed again."""
SUMS = "SHA256SUMS"
"""The file of checksums, in the form that `sha256sum -c` reads."""


def packed(files: Iterable[tuple[str, bytes]], out: Path | IO[bytes], sums: bool = False) -> None:
    """Write files, each a name and its bytes, into a ZIP, in order, at the end a list of their checksums."""
    told: list[str] = []
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in files:
            _add(archive, name, body)
            told.append(f"{sha256(body).hexdigest()}  {name}\n")
        if sums:
            _add(archive, SUMS, "".join(told).encode())


def _add(archive: zipfile.ZipFile, name: str, body: bytes) -> None:
    about = zipfile.ZipInfo(name, SINCE)
    about.external_attr = MODE
    about.create_system = 3
    how = zipfile.ZIP_STORED if name.endswith(PACKED) else zipfile.ZIP_DEFLATED
    archive.writestr(about, body, how)
