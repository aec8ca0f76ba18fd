"""Paths of drawings as the PDF library reads them rightly.

SVG says that an arc without a radius is a straight line; the library takes the end of a relative one for a place on the
page, and the drawing falls apart. Said as a line to begin with, it is drawn as it should be.
"""

import re

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_ARC = re.compile(rf"[\s,]*({_NUMBER})" * 3 + r"[\s,]*([01])" * 2 + rf"[\s,]*({_NUMBER})" * 2)
_ARCS = re.compile(r"([aA])((?:[\d\s,.+-]|[eE](?=[+-]?\d))*)")
_PATH = re.compile(r"""(?<=\sd=)("[^"]*"|'[^']*')""")


def straightened(drawing: str) -> str:
    """The SVG with every arc that has no radius written as the line it is."""
    return _PATH.sub(lambda path: _ARCS.sub(_rewritten, path[0]), drawing)


def _rewritten(arcs: re.Match[str]) -> str:
    letter, parts = arcs[1], _ARC.findall(arcs[2])
    return "".join(_arc(letter, part) for part in parts) or arcs[0]


def _arc(letter: str, part: tuple[str, ...]) -> str:
    if float(part[0]) == 0 or float(part[1]) == 0:
        letter, part = ("l" if letter == "a" else "L"), part[-2:]
    return letter + " ".join(part)
