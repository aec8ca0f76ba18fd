"""Where a text's sentences begin and end: read aloud one by one, and judged one by one."""

import re
from itertools import pairwise

_STOP = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_BREAK = re.compile(r"\s*\n\s*")
_ENDS_IN_SHORT = re.compile(
    r"(?:\b(?:bl|t|m|o|f|s|e|p|d|ca|kl|tel|nr|ev|resp|ang|enl|obs|etc|osv|dvs|inkl|exkl|max|min|tim|avd|st|kap|sid)"
    r"|(?<=\.)[a-zåäö]{1,3})\.$",
    re.IGNORECASE,
)
_NEW_LINE_BEGINS = re.compile(r"[-–—•*·]|\d|\W*[A-ZÅÄÖ]")


def sentences_of(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence, in order; nothing between them but spaces and line breaks.

    A sentence ends at its stop mark, and at a line break where the next line begins anew: a line may be broken in
    the middle of a sentence, as easy-read texts are. An abbreviation's stop ends nothing.
    """
    cuts = sorted({0, len(text), *_after_stops(text), *_before_lines(text)})
    spans = (_trimmed(text, start, end) for start, end in pairwise(cuts))
    return tuple((start, end) for start, end in spans if start < end)


def sentences_in(text: str) -> tuple[str, ...]:
    """The sentences themselves."""
    return tuple(text[start:end] for start, end in sentences_of(text))


def _after_stops(text: str) -> list[int]:
    return [stop.end() for stop in _STOP.finditer(text) if not _goes_on(text, stop)]


def _goes_on(text: str, stop: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation, or a small letter follows."""
    following = text[stop.end() :].lstrip()[:1]
    return following.islower() or (
        following != "" and _ENDS_IN_SHORT.search(text[max(0, stop.end() - 8) : stop.end()]) is not None
    )


def _before_lines(text: str) -> list[int]:
    return [
        line.end()
        for line in _BREAK.finditer(text)
        if line[0].count("\n") > 1 or _NEW_LINE_BEGINS.match(text, line.end())
    ]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())
