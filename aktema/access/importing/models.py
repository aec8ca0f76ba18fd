"""A file on its way in. What it holds about people is sealed, and gone once it is read in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from aktema.access.importing.kinds import RowIds, Said
from aktema.core import crypto
from aktema.core.db import Base, CreatedMixin, PublicIdMixin
from aktema.core.importing import CellError
from aktema.core.jobs import FAILED, Job


class State(StrEnum):
    """How far a file has come. Failed is never stored: it is what a file at work is whose job broke."""

    UPLOADED = "uploaded"
    CHECKING = "checking"
    FAULTY = "faulty"
    CHECKED = "checked"
    IMPORTING = "importing"
    DONE = "done"
    UNDONE = "undone"
    FAILED = "failed"


AT_WORK = frozenset({State.CHECKING, State.IMPORTING})
READ_IN = frozenset({State.DONE, State.UNDONE})


class ImportFile(PublicIdMixin, CreatedMixin, Base):
    """One uploaded file and what has become of it. Its name is not kept: it may name somebody."""

    __tablename__ = "import_file"
    __table_args__ = (
        CheckConstraint(
            "state in ('uploaded', 'checking', 'faulty', 'checked', 'importing', 'done', 'undone')",
            name="state",
        ),
        Index(None, "unit_id", "kind", "created_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id", ondelete="RESTRICT"))
    """None where the right is held in no unit: the file is then its sender's alone."""
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)
    """Who last set it to work: what the job does is done in their name."""
    job_id: Mapped[int | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(default=State.UPLOADED)
    content_sealed: Mapped[bytes | None] = mapped_column(deferred=True)
    headings_json_sealed: Mapped[bytes | None]
    errors_json_sealed: Mapped[bytes | None]
    mapping_json: Mapped[str] = mapped_column(default="{}")
    said_json: Mapped[str] = mapped_column(default="{}")
    inserted_json: Mapped[str] = mapped_column(default="{}", deferred=True)
    row_count: Mapped[int]
    more_errors: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    job: Mapped[Job | None] = relationship()

    headings_json = crypto.SealedText()
    errors_json = crypto.SealedText()

    @property
    def stage(self) -> State:
        """Where it stands, as the pages tell it."""
        state = State(self.state)
        has_broken = state in AT_WORK and self.job is not None and self.job.state == FAILED
        return State.FAILED if has_broken else state

    @property
    def is_at_work(self) -> bool:
        return self.stage in AT_WORK

    @property
    def may_be_checked(self) -> bool:
        return self.stage not in AT_WORK | READ_IN

    @property
    def content(self) -> bytes:
        """The file. LookupError once it is read in."""
        if self.content_sealed is None:
            raise LookupError(self.public_id)
        return crypto.unseal_bytes(self.content_sealed, self._bound_to)

    @content.setter
    def content(self, content: bytes) -> None:
        self.content_sealed = crypto.seal_bytes(content, self._bound_to)

    @property
    def _bound_to(self) -> str:
        return f"ImportFile.content_sealed:{self.public_id}"

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(json.loads(self.headings_json or "[]"))

    @headings.setter
    def headings(self, headings: Sequence[str]) -> None:
        self.headings_json = json.dumps(headings)

    @property
    def errors(self) -> tuple[CellError, ...]:
        """What the dry run found, the first two hundred."""
        return tuple(CellError(**error) for error in json.loads(self.errors_json or "[]"))

    @errors.setter
    def errors(self, errors: Sequence[CellError]) -> None:
        self.errors_json = json.dumps([asdict(error) for error in errors]) if errors else None

    @property
    def mapping(self) -> dict[str, int | None]:
        """Which of the file's columns each of ours stands in."""
        return {str(key): index for key, index in json.loads(self.mapping_json).items()}

    @mapping.setter
    def mapping(self, mapping: Mapping[str, int | None]) -> None:
        self.mapping_json = json.dumps(dict(mapping))

    @property
    def said(self) -> Said:
        """What is known of it beside its rows: of things, never of a person."""
        return {str(key): str(text) for key, text in json.loads(self.said_json).items()}

    @said.setter
    def said(self, said: Said) -> None:
        self.said_json = json.dumps(dict(said))

    @property
    def inserted(self) -> RowIds:
        """The rows it became."""
        return {str(table): tuple(ids) for table, ids in json.loads(self.inserted_json).items()}

    @inserted.setter
    def inserted(self, ids: RowIds) -> None:
        self.inserted_json = json.dumps({table: list(numbers) for table, numbers in ids.items()})

    def forget(self) -> None:
        """Let go of everything the file said."""
        self.content_sealed = self.headings_json_sealed = self.errors_json_sealed = None
