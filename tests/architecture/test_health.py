"""The health address: 200 where the schema is current, else 503, and not a word more."""

import pytest
from sqlalchemy.orm import Session

from aktema.core import schema
from tests.support.page import PageClient


@pytest.mark.parametrize(("is_current", "status"), [(True, 200), (False, 503)])
def test_health_follows_the_schema(
    page: PageClient, session: Session, monkeypatch: pytest.MonkeyPatch, is_current: bool, status: int
) -> None:
    monkeypatch.setattr(schema, "is_current", lambda _connection: is_current)
    answer = page.client.get("/health")
    assert (answer.status_code, answer.get_json()) == (status, {"ok": is_current})
