"""What a slice says about one thing that can be read in from a file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aktema.access.identity import Identity
from aktema.access.policy import Permission
from aktema.core.errors import Message
from aktema.core.importing import Column, Columns, Mapped, Record
from aktema.core.tabular import Table, read_table

if TYPE_CHECKING:
    from aktema.access.importing.forms import UploadForm

RowIds = Mapping[str, Sequence[int]]
"""The ids of the rows an import has made, by table."""
Insertion = Callable[[], RowIds]
"""What is left to do in the transaction once everything slow is done."""
Said = Mapping[str, str]
"""What is known of a file beside its rows: what its form asked for, and what else it holds."""


class OvertakenError(Exception):
    """Somebody has written since the last check what an insertion would contradict: the rows are checked once more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sender:
    """Who reads the file in, for which of their units where the right is held in one, and what is said of it."""

    identity: Identity
    of_unit: int | None
    said: Said = field(default_factory=dict)

    @property
    def unit_id(self) -> int:
        """The unit. LookupError where the right is held in none."""
        if self.of_unit is None:
            raise LookupError(self.identity.public_id)
        return self.of_unit


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """What is wrong with a row beyond its single cells, and the column to mend it in.

    `participant_id` is whoever was found to be here already: reading about them leaves a trace.
    """

    row: int
    column: Column[object]
    message: str
    participant_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A file as it is read: its table, the columns that nobody has to point out, and where in the table they stand."""

    table: Table
    columns: Columns = ()
    mapping: Mapped = field(default_factory=dict)
    said: Said = field(default_factory=dict)


def open_table(content: bytes, said: Said) -> Opened:
    """A file that is nothing but its table. Raises FileRefused."""
    return Opened(table=read_table(content), said=said)


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportKind:
    """One kind of import. `section` is the blueprint its pages hang on, `home` the endpoint they lead back to.

    `check` says what is wrong beyond the cells. `prepare` does all that is slow and gives what remains to be done
    in the transaction, traces included; there it may raise OvertakenError. `undo` takes the rows away, or raises
    DomainError saying why not. `open` reads the file and adds to what was said of it, or raises DomainError;
    `form` asks for more than the file; `found` are columns that `open` finds by itself; `templates` are pages of the
    kind's own in place of the usual ones, by name.
    """

    code: str
    section: str
    home: str
    title: Message
    lead: Message
    counted: Callable[[int], str]
    columns: Columns
    permission: Permission
    check: Callable[[Sequence[Record], Sender], Iterable[Problem]]
    prepare: Callable[[Sequence[Record], Sender], Insertion]
    undo: Callable[[RowIds], None]
    open: Callable[[bytes, Said], Opened] = open_table
    form: "type[UploadForm] | None" = None
    found: Columns = ()
    templates: Mapping[str, str] = field(default_factory=dict)

    def template(self, name: str) -> str:
        """The page's template."""
        return self.templates.get(name, f"access/imports/{name}.html")


_kinds: dict[str, ImportKind] = {}


def declare(kind: ImportKind) -> None:
    """Make the kind known to the jobs that check and insert."""
    _kinds[kind.code] = kind


def get_kind(code: str) -> ImportKind:
    """The declared kind; KeyError where there is none."""
    return _kinds[code]
