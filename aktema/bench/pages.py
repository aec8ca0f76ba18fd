"""How long pages take, each against an empty page of the same run, and how many statements lists send.

An empty page is a signed-in one with the base template, session, permission check and one audit row: the
timeline of a person about whom nothing is written.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from flask import Flask
from flask.testing import FlaskClient

from aktema.access.models import Account
from aktema.access.roles import Role
from aktema.bench.installation import add_account, add_unit, signed_in, statements, temporary_installation
from aktema.bench.people import add_people
from aktema.bench.report import Figure
from aktema.bench.town import Town
from aktema.core.db import db

MOST_RATIO = 6
MOST_QUERIES = 12
MOST_EMPTY_MILLISECONDS = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """How much there is, and how often each page is opened. `few` is a list's shorter length."""

    placements: int = 10_000
    people: int = 500
    few: int = 50
    rounds: int = 21


def measure(scale: Scale | None = None) -> list[Figure]:
    """The figures of speed. Times are medians of pages opened in turn."""
    scale = scale or Scale()
    with temporary_installation() as app:
        unit = add_unit("Enheten")
        few = add_account("Få", Role.JOB_COACH, unit)
        many = add_account("Många", Role.JOB_COACH, unit)
        town = Town()
        add_people(scale.few, few, unit.id)
        person = add_people(scale.people, many, unit.id)[0]
        lists = [
            *_same_queries("caseload", "/deltagare", [(app, few, scale.few), (app, many, scale.people)]),
            *_placement_lists(app, many, town, scale),
        ]
        town.grow_placements(scale.placements)
        db.session.commit()
        return [*_times(signed_in(app, many), person, scale), *lists]


def _times(client: FlaskClient, person: str, scale: Scale) -> list[Figure]:
    """Empty page and suggestions, opened in turn so that a busy moment meets both."""
    empty, suggestions = f"/deltagare/{person}/tidslinje", f"/deltagare/{person}/forslag"
    seconds(client, empty), seconds(client, suggestions)  # the first of each reads templates and the index
    pairs = [(seconds(client, empty), seconds(client, suggestions)) for _ in range(scale.rounds)]
    empty_time, suggestions_time = median(one for one, _ in pairs), median(two for _, two in pairs)
    name = f"suggestions among {scale.placements} placements, in empty pages"
    return [
        Figure(name="empty page", value=1000 * empty_time, unit="ms", op="<=", bar=MOST_EMPTY_MILLISECONDS),
        Figure(name=name, value=suggestions_time / empty_time, unit="times", op="<=", bar=MOST_RATIO),
    ]


def seconds(client: FlaskClient, path: str) -> float:
    """How long the page took."""
    begun = time.perf_counter()
    _open(client, path)
    return time.perf_counter() - begun


def _open(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    if response.status_code != 200:
        raise RuntimeError(f"a page of the measurement answered {response.status_code}")
    response.get_data()


def _placement_lists(app: Flask, coach: Account, town: Town, scale: Scale) -> list[Figure]:
    counts = []
    for length in (scale.few, scale.people):
        town.grow_placements(length)
        db.session.commit()
        counts.append(_queries(app, coach, "/platser"))
    return _figures("placements", counts, (scale.few, scale.people))


def _same_queries(name: str, path: str, readers: Sequence[tuple[Flask, Account, int]]) -> list[Figure]:
    db.session.commit()
    counts = [_queries(app, account, path) for app, account, _length in readers]
    return _figures(name, counts, [length for _app, _account, length in readers])


def _figures(name: str, counts: Sequence[int], lengths: Sequence[int]) -> list[Figure]:
    few, many = counts
    less, more = lengths
    return [
        Figure(name=f"{name} of {more}, queries", value=many, unit="queries", op="<=", bar=MOST_QUERIES),
        Figure(
            name=f"{name} of {more}, queries beyond those of {less}",
            value=many - few,
            unit="queries",
            op="==",
            bar=0,
        ),
    ]


def _queries(app: Flask, account: Account, path: str) -> int:
    """How many statements the page sends; the first opening may read what is kept afterwards."""
    client = signed_in(app, account)
    _open(client, path)
    with statements() as sent:
        _open(client, path)
    return len(sent)
