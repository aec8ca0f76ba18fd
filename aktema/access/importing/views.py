"""The pages of an import, hung on a slice's own blueprint.

With /deltagare/import as prefix:

    /deltagare/import                 imports: choose a file; earlier files
    /deltagare/import/mall.csv        import_template
    /deltagare/import/<id>            import_file: where it stands, errors, what to do
    /deltagare/import/<id>/kolumner   import_columns
    /deltagare/import/<id>/las-in     run_import (POST)
    /deltagare/import/<id>/angra      undo_import (POST)
    /deltagare/import/<id>/slang      discard_import (POST)

The names on the right are the endpoints on the slice's blueprint.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, flash, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from aktema.access.guard import permits
from aktema.access.identity import current_identity
from aktema.access.importing import operations, queries, work  # noqa: F401  # importing work registers its jobs
from aktema.access.importing.forms import UploadForm, columns_form
from aktema.access.importing.kinds import ImportKind, declare
from aktema.access.importing.models import ImportFile, State
from aktema.access.importing.words import STATES, TONES
from aktema.core.errors import DomainError
from aktema.core.forms import attempted
from aktema.core.http import see, wants_fragment
from aktema.core.tabular import write_csv


def add_pages(bp: Blueprint, prefix: str, kind: ImportKind) -> None:
    """Hang the kind's pages on the blueprint, each behind the kind's permission."""
    declare(kind)
    pages, one = _Pages(kind), f"{prefix}/<id:import_id>"
    for path, endpoint, view, methods in (
        (prefix, "imports", pages.start, ("GET", "POST")),
        (f"{prefix}/mall.csv", "import_template", pages.template, ("GET",)),
        (one, "import_file", pages.file, ("GET",)),
        (f"{one}/kolumner", "import_columns", pages.columns, ("GET", "POST")),
        (f"{one}/las-in", "run_import", pages.run, ("POST",)),
        (f"{one}/angra", "undo_import", pages.undo, ("POST",)),
        (f"{one}/slang", "discard_import", pages.discard, ("POST",)),
    ):
        bp.add_url_rule(path, endpoint, permits(kind.permission)(view), methods=methods)


@dataclass(frozen=True, slots=True)
class _Pages:
    kind: ImportKind

    def start(self) -> ResponseReturnValue:
        identity, kind = current_identity(), self.kind
        form = (kind.form or UploadForm)(queries.units_to_import_for(identity, kind))
        if form.validate_on_submit():
            content = form.file.data.read()
            file = attempted(
                form,
                lambda: operations.upload(
                    identity, kind, unit_id=form.unit_id, content=content, said=form.said
                ),
            )
            if file is not None:
                return see(f"{kind.section}.import_columns", import_id=file.public_id)
        earlier = queries.list_files(identity, kind)
        page = render_template(
            kind.template("start"), form=form, kind=kind, earlier=earlier, states=STATES, tones=TONES
        )
        return page, 422 if form.errors else 200

    def template(self) -> ResponseReturnValue:
        columns = (*self.kind.found, *self.kind.columns)
        answer = make_response(write_csv([str(column.label) for column in columns], ()))
        answer.headers["Content-Type"] = "text/csv; charset=utf-8"
        answer.headers["Content-Disposition"] = f'attachment; filename="aktema-{self.kind.code}.csv"'
        return answer

    def columns(self, import_id: str) -> ResponseReturnValue:
        identity, kind, file = current_identity(), self.kind, self._file(import_id)
        if not file.may_be_checked:
            return self._see(file)
        form = columns_form(kind, file)
        if form.validate_on_submit():
            attempted(form, lambda: operations.start_check(identity, kind, file, form.mapping(kind)))
            if not form.errors:
                return self._see(file)
        page = render_template(kind.template("columns"), form=form, kind=kind, file=file)
        return page, 422 if form.errors else 200

    def file(self, import_id: str) -> ResponseReturnValue:
        file = self._file(import_id)
        if file.stage is State.UPLOADED:
            return see(f"{self.kind.section}.import_columns", import_id=file.public_id)
        name = "work" if file.is_at_work else file.stage.value
        answer = make_response(render_template(self.kind.template(name), kind=self.kind, file=file))
        if wants_fragment() and not file.is_at_work:  # the work is over: the whole page changes
            answer.headers["HX-Refresh"] = "true"
        return answer

    def run(self, import_id: str) -> ResponseReturnValue:
        file = self._file(import_id)
        return self._done(file, lambda: operations.start_import(current_identity(), self.kind, file))

    def undo(self, import_id: str) -> ResponseReturnValue:
        file = self._file(import_id)
        return self._done(file, lambda: operations.undo(self.kind, file))

    def discard(self, import_id: str) -> ResponseReturnValue:
        file = self._file(import_id)
        if self._is_done(lambda: operations.discard(self.kind, file)):
            flash(_("Filen är borttagen. Inget har lästs in."), "success")
            return see(f"{self.kind.section}.imports")
        return self._see(file)

    def _file(self, import_id: str) -> ImportFile:
        return queries.get_file(current_identity(), self.kind, import_id)

    def _see(self, file: ImportFile) -> Response:
        return see(f"{self.kind.section}.import_file", import_id=file.public_id)

    def _done(self, file: ImportFile, act: Callable[[], None]) -> Response:
        self._is_done(act)
        return self._see(file)

    def _is_done(self, act: Callable[[], None]) -> bool:
        """Whether the act was done; a refusal is shown on the next page."""
        try:
            act()
        except DomainError as problem:
            flash(str(problem.message), "warning")
            return False
        return True
