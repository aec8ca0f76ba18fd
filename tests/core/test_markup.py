"""How values are written in templates."""

import pytest
from sqlalchemy.orm import Session

from aktema.core.markup import breakable, device

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (PHONE, "Safari på iPhone"),
        (EDGE, "Edge på Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox på Linux"),
        ("Firefox", "Firefox"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)
def test_a_device_is_called_by_browser_and_system(session: Session, agent: str, said: str) -> None:
    assert device(agent) == said


def test_an_address_breaks_after_its_at_sign_and_stays_text() -> None:
    assert breakable("a<b@ekbacka.example") == "a&lt;b@<wbr>ekbacka.example"
