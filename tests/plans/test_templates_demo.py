"""The templates that the demo municipality comes with."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from aktema import vocabulary
from aktema.access.roles import Role
from aktema.bootstrap.frontend_files import picture_codes, wanted_files
from aktema.core.easy_read import check
from aktema.demo.plan_templates import TEMPLATES, add_templates
from aktema.plans import template_queries as queries
from aktema.plans.rules.template_changes import Aspect, everything_said, personal_data
from aktema.plans.rules.template_content import Kind, Template
from tests.support.people import an_account

VOCABULARY = Path(vocabulary.__file__).parent / "data" / "vocabulary.csv"
EASY = [
    str(said.value)
    for template in TEMPLATES
    for said in everything_said(template)
    if said.place.aspect is Aspect.EASY and said.value
]


def test_the_demo_has_a_template_of_each_kind(session: Session) -> None:
    add_templates(an_account(Role.JOB_COACH), an_account(Role.SYSTEM_ADMIN), date(2026, 3, 2))
    assert queries.count_templates() == dict.fromkeys(Kind, 1)
    assert queries.find_own_key() is not None


@pytest.mark.parametrize("text", EASY)
def test_the_easy_read_texts_of_the_demo_are_easy_to_read(text: str) -> None:
    assert check(text) == ()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.title)
def test_the_demo_names_nobody(template: Template) -> None:
    assert personal_data(template) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.title)
def test_the_pictures_of_the_demo_are_installed(template: Template) -> None:
    wanted = {path for path, _kept in wanted_files(picture_codes(VOCABULARY))}
    codes = [one.moji for one in template.all_pictures()]
    assert [code for code in codes if f"openmoji/color/svg/{code}.svg" not in wanted] == []
