"""Reading placements in from a file; the pages themselves are access.importing's."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from aktema.access.importing.kinds import ImportKind
from aktema.access.importing.views import add_pages
from aktema.access.permissions import RUN_IMPORT
from aktema.employers.blueprint import bp
from aktema.employers.import_checks import check
from aktema.employers.import_columns import COLUMNS
from aktema.employers.import_rows import prepare, undo

PLACEMENTS = ImportKind(
    code="placements",
    section="employers",
    home="employers.placements",
    title=_l("Läs in platser från fil"),
    lead=_l("Arbetsgivare och arbetsplatser som inte finns läggs till samtidigt."),
    counted=lambda number: ngettext("%(num)s plats", "%(num)s platser", number),
    columns=COLUMNS,
    permission=RUN_IMPORT,
    check=check,
    prepare=prepare,
    undo=undo,
)
add_pages(bp, "/platser/import", PLACEMENTS)
