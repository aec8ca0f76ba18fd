"""Reading participants in from a file; the pages themselves are access.importing's."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from aktema.access.importing.kinds import ImportKind
from aktema.access.importing.views import add_pages
from aktema.access.permissions import RUN_IMPORT
from aktema.people import imports
from aktema.people.blueprint import bp
from aktema.people.import_columns import COLUMNS

PARTICIPANTS = ImportKind(
    code="participants",
    section="people",
    home="people.caseload",
    title=_l("Läs in deltagare från fil"),
    lead=_l("För dig som har många personer i ett kalkylblad eller ett annat system."),
    counted=lambda number: ngettext("%(num)s person", "%(num)s personer", number),
    columns=COLUMNS,
    permission=RUN_IMPORT,
    check=imports.check,
    prepare=imports.prepare,
    undo=imports.undo,
)
add_pages(bp, "/deltagare/import", PARTICIPANTS)
