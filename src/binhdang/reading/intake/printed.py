"""Printed words of a page → lines in reading order: columns side by side told apart, left one first.

Shared by PDF pages and pictures: both give words with boxes in points from the page's top left corner.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from binhdang.paper.source import Box, Line

# Words of justified text stand up to about 1.2 em apart; blocks side by side at least twice as far, or they are found
# by their neighbours above and below (see _split_at).
WIDE = 2.0
_TIGHT = 0.6
# A printed page has some hundred pieces; beyond this it is no page of a paper, and only read from top to bottom.
_MOST_PIECES = 1500
# The narrowest space is 0.15 em; some programs print letter by letter, and PDFium breaks the word between them.
_TOUCHING = 0.08
_MARKER = re.compile(r"(?:\[?\w{1,4}\]?[.)/]?|\d+(?:\.\d+){1,4}\.?|[-–+*•])$")
_CALL = re.compile(r"\d{1,2}|\*{1,3}")
_NATION = re.compile(r"(?:CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT|Độc lập [-–] Tự do)")


class Word(NamedTuple):
    """A printed word: its box, and what is known of its type (`confidence` 0-100 is the recogniser's)."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    font: str | None = None
    bold: bool = False
    italic: bool = False
    confidence: float | None = None


@dataclass(slots=True)
class Piece:
    """A run of words of one printed line without a wide gap inside."""

    words: list[Word]
    left: float = field(init=False)
    top: float = field(init=False)
    right: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        self.left = min(w.left for w in self.words)
        self.top = min(w.top for w in self.words)
        self.right = max(w.right for w in self.words)
        self.bottom = max(w.bottom for w in self.words)

    @property
    def text(self) -> str:
        """The words, one space between."""
        return " ".join(w.text for w in self.words)

    @property
    def size(self) -> float:
        """Type size of most of it, in points."""
        return sorted([w.size for w in self.words])[len(self.words) // 2]

    @property
    def height(self) -> float:
        """Points from top to bottom."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way from left to right."""
        return (self.left + self.right) / 2


@dataclass(slots=True)
class Column:
    """Where a page's text stands: left and right edge, and the usual distance from line to line (points)."""

    left: float
    right: float
    pitch: float


def rows(words: Iterable[Word]) -> list[Piece]:
    """Words as the file gives them → pieces of lines: same height on the page, split at wide gaps.

    Most files draw a line's words one after the other; what was drawn out of order is joined afterwards.
    """
    chains: list[list[Word]] = []
    for word in words:
        if chains and _follows(chains[-1], word):
            _add(chains[-1], word)
        else:
            chains.append([word])
    return [half for chain in _rejoined(chains) for half in _split_nation(Piece(chain))]


def split(words: Sequence[Word]) -> list[Piece]:
    """The words of one printed line, left to right → its pieces."""
    chains: list[list[Word]] = []
    for word in words:
        if chains and word.left - chains[-1][-1].right <= _reach(chains[-1], word):
            chains[-1].append(word)
        else:
            chains.append([word])
    return [half for chain in chains for half in _split_nation(Piece(chain))]


def _reach(chain: Sequence[Word], word: Word) -> float:
    """How far the next word of the same piece may stand: further after a list number and its tab."""
    wide = WIDE * max(word.size, chain[-1].size)
    return 3 * wide if len(chain) == 1 and _MARKER.match(chain[0].text) else wide


def _follows(chain: Sequence[Word], word: Word) -> bool:
    last = chain[-1]
    overlap = min(last.bottom, word.bottom) - max(last.top, word.top)
    if overlap < 0.5 * min(last.bottom - last.top, word.bottom - word.top):
        return False
    return -0.4 * word.size <= word.left - last.right <= _reach(chain, word)


def _add(chain: list[Word], word: Word) -> None:
    """Put a word at a chain's end: a raised mark as a call in brackets, what touches without a space directly."""
    last = chain[-1]
    if word.size < 0.8 * last.size and _CALL.fullmatch(word.text) and word.bottom < last.bottom - 0.1 * last.size:
        chain[-1] = last._replace(text=f"{last.text}[{word.text}]", right=word.right)
    elif -0.2 * last.size < word.left - last.right < _TOUCHING * last.size and word.size > 0.8 * last.size:
        chain[-1] = last._replace(text=last.text + word.text, right=word.right)
    else:
        chain.append(word)


def _rejoined(chains: list[list[Word]]) -> list[list[Word]]:
    """Chains that continue one another on the page though not in the file, joined."""
    if len(chains) > _MOST_PIECES:
        return chains
    chains.sort(key=lambda ch: ch[0].left)
    done: list[list[Word]] = []
    for chain in chains:
        for other in done:
            if _follows(other, chain[0]):
                for word in chain:
                    _add(other, word)
                break
        else:
            done.append(chain)
    return done


def _split_nation(piece: Piece) -> list[Piece]:
    """The national title never follows other words on its line: a tight letterhead is parted before it."""
    text = piece.text
    m = _NATION.search(text) if "C" in text or "Đ" in text else None
    if m is None or m.start() == 0:
        return [piece]
    at = text.count(" ", 0, m.start())
    if at == 0:
        return [piece]  # a mark runs together with the title's first word
    return [Piece(piece.words[:at]), Piece(piece.words[at:])]


def _split_at(piece: Piece, low: float, high: float) -> tuple[Piece, Piece] | None:
    """The piece parted at a gap that lies over low..high and is wider than its other gaps, or None."""
    words = piece.words
    gaps = [b.left - a.right for a, b in itertools.pairwise(words)]
    if not gaps:
        return None
    least = max(_TIGHT * piece.size, 1.6 * median(gaps))
    for i, gap in enumerate(gaps):
        if gap >= least and min(words[i + 1].left, high) - max(words[i].right, low) > 0:
            return Piece(words[: i + 1]), Piece(words[i + 1 :])
    return None


def _beside(a: Piece, b: Piece) -> bool:
    overlap = min(a.bottom, b.bottom) - max(a.top, b.top)
    return overlap >= 0.4 * min(a.height, b.height) and (a.right < b.left or b.right < a.left)


def measure(pages: Sequence[Sequence[Piece]]) -> Column:
    """The text column of like pages: edges that most full lines keep, and the usual pitch."""
    pieces = [p for page in pages for p in page]
    if not pieces:
        return Column(0.0, 0.0, 14.0)
    lefts = sorted(p.left for p in pieces)
    rights = sorted(p.right for p in pieces)
    steps = [
        b.top - a.top
        for page in pages
        for a, b in itertools.pairwise(page)
        if 0.8 * a.size < b.top - a.top < 2.6 * a.size and a.right > b.left and b.right > a.left
    ]
    # Paragraph spacing lies above the usual pitch, so the pitch is sought in the lower half of the steps.
    pitch = sorted(steps)[len(steps) // 3] if steps else 1.2 * median(p.size for p in pieces)
    return Column(lefts[len(lefts) // 20], rights[len(rights) * 19 // 20], pitch)


class _Region:
    """Two blocks side by side, growing downwards: pieces left of the gutter and right of it."""

    def __init__(self, a: Piece, b: Piece) -> None:
        one, two = (a, b) if a.right < b.left else (b, a)
        self.left, self.right = [one], [two]
        self.low, self.high = one.right, two.left

    def take(self, piece: Piece, column: Column, paired: bool) -> bool:
        """Add the piece where it belongs; False when it does not belong to the two blocks."""
        if piece.right < self.high - 1 and (piece.left < self.low or piece.right < self.low):
            last, side = self.left[-1], self.left
        elif piece.left > self.low + 1:
            last, side = self.right[-1], self.right
        else:
            parts = _split_at(piece, self.low, self.high) if self.high > self.low else None
            return parts is not None and self.take(parts[0], column, True) and self.take(parts[1], column, True)
        if not paired and not self._follows(piece, last, column, side is self.right):
            return False
        side.append(piece)
        if side is self.left:
            self.low = max(self.low, piece.right)
        else:
            self.high = min(self.high, piece.left)
        return True

    def _follows(self, piece: Piece, last: Piece, column: Column, right: bool) -> bool:
        near = piece.top - last.bottom <= 1.6 * last.height
        if not right:
            return near
        aligned = any(abs(piece.middle - p.middle) < 0.04 * (column.right - column.left) for p in self.right)
        # The name of the signer stands below the room for the signature.
        return (aligned and piece.top - last.bottom < 160) or (near and not _is_centred(piece, column))

    def holds_above(self, piece: Piece) -> bool:
        """Whether a piece just above belongs to the right block, which began higher."""
        first = self.right[0]
        return piece.left > self.low and first.top - piece.bottom < 1.6 * first.height and piece.left >= first.left - 60


def _is_centred(piece: Piece, column: Column) -> bool:
    before, after = piece.left - column.left, column.right - piece.right
    text = piece.text
    least = 25 if piece.words[0].bold or text.isupper() else 45
    return before >= least and after >= least and abs(before - after) < 18


def order(pieces: Sequence[Piece], column: Column) -> list[list[Piece]]:
    """Pieces of a page (or of a part between tables) → runs in reading order, each one block of one column."""
    pieces = sorted(pieces, key=lambda p: (p.top, p.left))
    if len(pieces) > _MOST_PIECES:
        return [pieces]
    runs: list[list[Piece]] = [[]]
    i = 0
    while i < len(pieces):
        mates = _mates(pieces, i)
        if len(mates) >= 2:
            runs[-1].append(_tabbed([pieces[i], *(pieces[j] for j in mates)]))
            taken = {i, *mates}
            pieces = [p for j, p in enumerate(pieces) if j <= i or j not in taken]
            i += 1
            continue
        if not mates:
            runs[-1].append(pieces[i])
            i += 1
            continue
        region = _Region(pieces[i], pieces[mates[0]])
        rest = [j for j in range(i + 1, len(pieces)) if j != mates[0]]
        taken_count = 0
        for j in rest:
            if not region.take(pieces[j], column, bool(_mates(pieces, j))):
                break
            taken_count += 1
        _emit(region, runs)
        pieces, i = [pieces[j] for j in rest[taken_count:]], 0
    return [run for run in runs if run]


def _mates(pieces: Sequence[Piece], i: int) -> list[int]:
    found = []
    for j in range(i + 1, len(pieces)):
        if pieces[j].top >= pieces[i].bottom:
            break
        if _beside(pieces[i], pieces[j]):
            found.append(j)
    return found


def _emit(region: _Region, runs: list[list[Piece]]) -> None:
    if len(region.left) == len(region.right) == 1 and region.high - region.low < 3 * region.left[0].size:
        runs[-1].append(Piece(region.left[0].words + region.right[0].words))
        return
    above: list[Piece] = []
    while runs[-1] and region.holds_above(runs[-1][-1]):
        above.append(runs[-1].pop())
    runs += [region.left, above[::-1] + region.right, []]


def _tabbed(pieces: list[Piece]) -> Piece:
    """Three or more pieces on one line are a row of an unruled table: one line, tabs between."""
    pieces.sort(key=lambda p: p.left)
    words = list(pieces[0].words)
    for piece in pieces[1:]:
        words[-1] = words[-1]._replace(text=words[-1].text + "\t")
        words += piece.words
    return Piece(words)


def lines(run: Sequence[Piece], column: Column, page: int, beside: bool) -> list[Line]:
    """A run of pieces → Lines. `beside` is true for a block that stands next to another one."""
    middle = median(p.middle for p in run)
    stacked = beside and len(run) > 1 and all(abs(p.middle - middle) < 8 for p in run)
    made: list[Line] = []
    above: Piece | None = None
    for piece in run:
        words = piece.words
        sure = [w.confidence for w in words if w.confidence is not None]
        made.append(
            Line(
                text=piece.text.replace("\t ", "\t"),
                page=page,
                gap=above is not None and piece.top - above.top > 1.3 * max(column.pitch, 1.05 * piece.size),
                bold=all(w.bold for w in words),
                italic=all(w.italic for w in words),
                centred=stacked or (not beside and _is_centred(piece, column)),
                size=round(piece.size, 1) if not sure else None,
                font=words[0].font,
                indent=round(piece.left - column.left, 1),
                box=_rounded(piece),
                confidence=round(sum(sure) / len(sure), 1) if sure else None,
            )
        )
        above = piece
    return made


def _rounded(piece: Piece) -> Box:
    return round(piece.left, 1), round(piece.top, 1), round(piece.right, 1), round(piece.bottom, 1)


def place(pieces: Sequence[Piece], column: Column, page: int) -> list[Line]:
    """The pieces of a page, or of its part between tables, as Lines in reading order."""
    runs = order(pieces, column)
    made: list[Line] = []
    for i, run in enumerate(runs):
        near = [r for r in (runs[i - 1 : i] + runs[i + 1 : i + 2]) if r]
        beside = any(min(p.bottom for p in run[:1]) > other[0].top and run[0].top < other[-1].bottom for other in near)
        made += lines(run, column, page, beside)
    return made
