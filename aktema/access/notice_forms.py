"""The form of what to get by mail."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from aktema.access.notice_codes import NoticeKind
from aktema.core.forms import BaseForm, choices


class NoticesForm(BaseForm):
    """One box per kind on offer; what is ticked is wanted."""

    kinds = SelectMultipleField(_l("Mejla mig om"))

    def __init__(self, *args: Any, offered: Sequence[NoticeKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds.choices = choices((kind.value, kind.label) for kind in offered)

    @property
    def wanted(self) -> frozenset[NoticeKind]:
        return frozenset(map(NoticeKind, self.kinds.data or ()))
