"""The bytes of a page, as they are and compressed; and pages that differ in one word alone."""

import zlib
from dataclasses import dataclass
from functools import cached_property

import deflate

SMALLEST, FAST = 12, 9
"""Levels of libdeflate: the higher one takes 15 times as long for 3 % less; 9 still beats zlib in both."""

GZIP_HEAD = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"
"""Deflate, no name, no time, as small as can be, from no system in particular (RFC 1952)."""


@dataclass(frozen=True)
class Page:
    """The HTML of one page in one language, and the Content-Security-Policy under which it works.

    `returnable`: the browser may keep it until the answers are sent, for its back button; `lasting`: it is
    made once for many people; `gap`: what stands in it, once, where each of them gets a word of their own.
    """

    html: str
    language: str
    policy: str
    returnable: bool = False
    lasting: bool = False
    gap: str = ""

    @cached_property
    def plain(self) -> bytes:
        """As it is."""
        return self.html.encode()

    @cached_property
    def packed(self) -> bytes:
        """In the form of gzip: a lasting page as small as can be (some 10 ms), another one fast."""
        return bytes(deflate.gzip_compress(self.plain, SMALLEST if self.lasting else FAST))

    def filled(self, word: str) -> "FilledPage":
        """The same with a word in the gap."""
        return FilledPage(self, self._stencil, word)

    @cached_property
    def _stencil(self) -> "_Stencil":
        before, after = self.html.split(self.gap)
        return _Stencil(before.encode(), after.encode())


class FilledPage:
    """A page with a word in its gap; what it is for is made as it is for: one reader sees it, once."""

    def __init__(self, page: Page, stencil: "_Stencil", word: str) -> None:
        self._page, self._stencil, self._word = page, stencil, word
        self.language, self.policy, self.returnable = page.language, page.policy, page.returnable

    @property
    def html(self) -> str:
        """The HTML."""
        return self._page.html.replace(self._page.gap, self._word)

    @property
    def plain(self) -> bytes:
        """As it is."""
        return self.html.encode()

    @property
    def packed(self) -> bytes:
        """In the form of gzip."""
        return self._stencil.packed(self._word.encode())


AnyPage = Page | FilledPage


class _Stencil:
    """What stands around a word, compressed once.

    The word goes between as it is, which deflate allows (a stored block, RFC 1951 3.2.4), so each reader's
    page costs a checksum in place of a compression.
    """

    def __init__(self, before: bytes, after: bytes) -> None:
        squeezer = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
        # A full flush: nothing behind the word refers to what is before it, and the word's block is aligned.
        self._before = GZIP_HEAD + squeezer.compress(before) + squeezer.flush(zlib.Z_FULL_FLUSH)
        self._after = squeezer.compress(after) + squeezer.flush()
        self._checksum, self._tail = zlib.crc32(before), after
        self._length = len(before) + len(after)

    def packed(self, word: bytes) -> bytes:
        """All of it with a word (fewer than 65,536 bytes) in the gap, in the form of gzip."""
        length = len(word)
        stored = b"\0" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + word
        checksum = zlib.crc32(self._tail, zlib.crc32(word, self._checksum))
        end = checksum.to_bytes(4, "little") + (self._length + length).to_bytes(4, "little")
        return self._before + stored + self._after + end
