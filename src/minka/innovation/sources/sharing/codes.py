"""Codes to scan with a telephone."""

import io
from functools import lru_cache

import segno


@lru_cache(maxsize=256)
def qr_svg(address: str) -> bytes:
    """Return the QR code of an address, on white: scanners want it so in the dark, too."""
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        out,
        kind="svg",
        border=4,
        dark="#1E2226",
        light="#FFFFFF",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        title=None,
    )
    return out.getvalue()
