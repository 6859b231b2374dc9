"""QR codes of addresses. Error correction M: a sixth of the code may be dirty."""

import io

import segno

QUIET = 4
"""Modules of white around the code, as the standard wants."""
MODULE = 12
"""Pixels of one module in a PNG: about 700 in all, enough for a poster."""


MASK = 3
"""The mask of codes that are made by the thousand: trying all eight takes six times as long."""


def svg(address: str) -> bytes:
    """An SVG file."""
    out = io.BytesIO()
    _code(address, None).save(out, kind="svg", border=QUIET, scale=MODULE, light="#fff")
    return out.getvalue()


def inline(address: str, title: str) -> str:
    """An SVG element for HTML that grows with its box; `title` is what readers of the screen hear."""
    return str(
        _code(address, MASK).svg_inline(
            border=QUIET, omitsize=True, light="#fff", title=title, svgclass="qr", lineclass=None
        )
    )


def png(address: str, module: int = MODULE) -> bytes:
    """A PNG file in black and white."""
    out = io.BytesIO()
    _code(address, MASK).save(out, kind="png", border=QUIET, scale=module)
    return out.getvalue()


def _code(address: str, mask: int | None) -> segno.QRCode:
    return segno.make_qr(address, error="m", boost_error=False, mask=mask)
