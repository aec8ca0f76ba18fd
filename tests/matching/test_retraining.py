"""Learning anew, switching, going back and passing on: from rows to a model in use, and what each act leaves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from flask import Flask, current_app
from sqlalchemy import select
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from aktema.access.models import AccessEntry, Account
from aktema.access.roles import Role
from aktema.core.errors import DomainError
from aktema.matching import model_effects, model_files, model_queries, models_in_use, retraining
from aktema.matching.current import current_index
from aktema.matching.engine.rankers import RulesPrior
from aktema.matching.model_fitting import concordance, fit, ndcg
from aktema.matching.models import ModelVersion
from aktema.matching.models_in_use import current_ranker, in_use, model_in_use, ranker_from
from aktema.matching.retraining import Draft
from aktema.matching.training import Examples, Lessons
from tests.conftest import QueryCount
from tests.support.employers import a_placement, a_workplace
from tests.support.lists import a_list, a_verdict, what_was_learned
from tests.support.page import PageClient
from tests.support.people import a_unit, an_account
from tests.support.people_builders import a_participant

SignIn = Callable[[Account], PageClient]


@pytest.fixture(autouse=True)
def folder(app: Flask, session: Session, tmp_path: Path) -> Iterator[Path]:
    """A data folder of the test's own, and no model remembered from another."""
    settings = app.extensions["settings"]
    app.extensions["settings"] = settings.model_copy(update={"data_folder": tmp_path})
    app.extensions.pop(models_in_use._KEPT, None)
    yield tmp_path
    app.extensions["settings"] = settings


def a_draft(travel: float = 2.0) -> Draft:
    return retraining._draft(what_was_learned(travel=travel), "rules-1")


def stored(travel: float = 2.0) -> str:
    return retraining.save(a_draft(travel)).version


def in_use_after(*versions: str) -> str:
    for version in versions:
        retraining.switch_to(version)
    return model_in_use()


def traces(session: Session) -> list[str]:
    rows = session.scalars(
        select(AccessEntry).where(AccessEntry.act == "match_model.configure").order_by(AccessEntry.id)
    )
    return [row.detail.split()[0] for row in rows]


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return str(refused.value.message)


def test_the_rules_are_in_use_where_nothing_was_learned() -> None:
    assert model_in_use() == "rules-1"


def test_a_stored_model_is_not_in_use() -> None:
    stored()
    assert model_in_use() == "rules-1"


def test_the_row_knows_the_digest_of_the_file(session: Session, folder: Path) -> None:
    version = stored()
    content = model_files.path_of(folder, version).read_bytes()
    assert session.scalars(select(ModelVersion.digest)).all() == [model_files.digest_of(content)]


def test_a_model_that_was_switched_to_ranks_as_it_learned() -> None:
    retraining.switch_to(stored(travel=3.0))
    assert current_ranker().coefficients() == what_was_learned(travel=3.0).in_order()


def test_going_back_leads_step_by_step_to_the_rules() -> None:
    one, other = stored(2.0), stored(3.0)
    assert in_use_after(one, other) == other
    assert [retraining.roll_back(), retraining.roll_back()] == [one, "rules-1"]
    assert model_in_use() == "rules-1"


def test_the_rules_can_be_chosen_and_left_again() -> None:
    version = stored()
    assert in_use_after(version, "rules-1") == "rules-1"
    assert retraining.roll_back() == version


def test_choosing_the_model_in_use_again_adds_no_step_to_go_back() -> None:
    version = stored()
    assert in_use_after(version, version) == version
    assert retraining.roll_back() == "rules-1"


def test_the_index_in_force_ranks_by_the_model_in_use() -> None:
    version = stored()
    before = current_index()
    retraining.switch_to(version)
    assert (before.ranker.version, current_index().ranker.version) == ("rules-1", version)
    retraining.roll_back()
    assert current_index().ranker.version == "rules-1"


def test_every_act_leaves_a_trace(session: Session) -> None:
    draft = a_draft()
    retraining.report(draft)
    version = retraining.save(draft).version
    retraining.switch_to(version)
    retraining.export(version)
    retraining.roll_back()
    assert traces(session) == ["dry_run", "stored", "switched", "exported", "rolled_back"]


def test_what_makes_no_sense_is_refused() -> None:
    version = stored()
    assert "nothing to go back to" in refusal(retraining.roll_back)
    assert "no model" in refusal(lambda: retraining.switch_to("choice-0"))
    assert "stored already" in refusal(lambda: retraining.save(a_draft()))
    assert "same everywhere" in refusal(lambda: retraining.export("rules-1"))
    assert version.startswith("choice-")


def test_keeping_the_prior_stores_nothing() -> None:
    kept = retraining._draft(what_was_learned(strength=None), "rules-1")
    assert "nothing to store" in refusal(lambda: retraining.save(kept))


def swap(folder: Path, version: str) -> None:
    """Put another file in the place of the version's, and forget what this process has read."""
    model_files.write(model_files.path_of(folder, version), model_files.packed(what_was_learned(travel=9.0)))
    current_app.extensions.pop(models_in_use._KEPT, None)


def test_a_swapped_file_is_refused_and_the_model_before_is_kept(folder: Path) -> None:
    one, other = stored(2.0), stored(3.0)
    in_use_after(one, other)
    swap(folder, other)
    found = in_use()
    assert (found.version, found.refused) == (one, other)


def test_without_another_model_the_rules_are_kept(folder: Path) -> None:
    version = stored()
    retraining.switch_to(version)
    swap(folder, version)
    found = in_use()
    assert (found.version, type(found.ranker)) == ("rules-1", RulesPrior)


def test_a_refused_file_is_warned_of_once(folder: Path) -> None:
    version = stored()
    retraining.switch_to(version)
    swap(folder, version)
    with capture_logs() as logged:
        in_use(), in_use()
    assert [(one["event"], one["log_level"], one["version"]) for one in logged] == [
        ("model refused", "warning", version)
    ]


def test_a_file_that_is_put_back_is_used_at_once(folder: Path) -> None:
    version = stored()
    retraining.switch_to(version)
    file = model_files.path_of(folder, version)
    content = file.read_bytes()
    file.unlink()
    current_app.extensions.pop(models_in_use._KEPT, None)
    assert model_in_use() == "rules-1"
    model_files.write(file, content)
    assert model_in_use() == version


def test_a_refused_model_is_not_switched_to(folder: Path) -> None:
    version = stored()
    swap(folder, version)
    assert "refused" in refusal(lambda: retraining.switch_to(version))


def test_a_file_is_read_once_and_the_version_asked_in_one_statement(queries: QueryCount) -> None:
    retraining.switch_to(stored())
    ranker = current_ranker()
    queries.statements.clear()
    assert current_ranker() is ranker
    assert len(queries) == 1


def test_the_administrator_is_told_of_a_refused_model(folder: Path, sign_in: SignIn) -> None:
    version = stored()
    retraining.switch_to(version)
    swap(folder, version)
    assert version in sign_in(an_account(Role.SYSTEM_ADMIN)).get("/").words


def test_the_administrator_is_told_nothing_while_all_is_well(sign_in: SignIn) -> None:
    version = stored()
    retraining.switch_to(version)
    assert version not in sign_in(an_account(Role.SYSTEM_ADMIN)).get("/").words


def test_what_one_municipality_writes_another_can_use() -> None:
    text = retraining.export(stored(travel=2.5))
    received = retraining.receive(text.encode())
    assert received.learned == what_was_learned(travel=2.5)
    assert received.fitted is None


def test_an_imported_model_is_the_prior_of_the_next() -> None:
    imported = retraining.save(a_draft(travel=4.0))
    assert imported.origin == "imported"
    assert retraining.retrain().prior == imported.version
    assert retraining.retrain("rules-1").prior == "rules-1"


def test_a_prior_that_does_not_exist_is_refused() -> None:
    assert "no model" in refusal(lambda: retraining.retrain("choice-0"))


def lists_where_the_nearest_is_chosen(coaches: int = 4, lists: int = 60) -> None:
    """People who always choose what is nearest, whatever they like."""
    workplace = a_workplace()
    places = [a_placement(workplace) for _ in range(5)]
    unit, draw = a_unit(), np.random.default_rng(7)
    for coach in [an_account(Role.JOB_COACH, unit) for _ in range(coaches)]:
        for _ in range(lists // coaches):
            travel, own = draw.permutation(5) / 5 - 0.5, draw.permutation(5) / 5 - 0.5
            shown = {
                place: {"travel": float(travel[number]), "own": float(own[number])}
                for number, place in enumerate(places)
            }
            run = a_list(a_participant(coach=coach), coach, shown)
            a_verdict(run, places[int(np.argmax(travel))])


def test_what_people_choose_moves_the_coefficients_and_is_measured() -> None:
    lists_where_the_nearest_is_chosen()
    draft = retraining.retrain()
    learned = dict(zip(draft.learned.features, draft.learned.coefficients, strict=True))
    assert learned["travel"] > 1 > learned["own"]
    assert draft.fitted is not None
    assert draft.fitted.in_choices is not None
    assert draft.fitted.in_choices.low > 0


def test_retraining_only_reads(session: Session) -> None:
    a_participant()
    retraining.retrain()
    assert traces(session) == []
    assert model_queries.all_models() == []


def test_too_few_decisions_keep_the_prior() -> None:
    lists_where_the_nearest_is_chosen(lists=8)
    draft = retraining.retrain()
    assert draft.is_prior


def test_the_same_rules_change_nothing_in_anybodys_list() -> None:
    a_participant(), a_placement(), a_placement()
    found = model_effects.effects(RulesPrior(), RulesPrior())
    assert (found.people, found.other_first, found.other_top, found.largest_move) == (1, 0, 0, 0)


def test_another_order_is_counted_by_list_and_by_place() -> None:
    assert model_effects._moves([7, 8, 9], [9, 7, 8]).tolist() == [1, 1, -2]


def test_of_very_many_people_some_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_effects, "MOST_PEOPLE", 3)
    for _ in range(7):
        a_participant()
    assert model_effects.effects(RulesPrior(), ranker_from(what_was_learned())).people == 3


def test_closed_people_are_left_alone() -> None:
    from aktema.core import clock

    a_participant(closed_on=clock.today())
    assert model_effects.effects(RulesPrior(), RulesPrior()).people == 0


def examples(y: list[float], lists: list[int]) -> Examples:
    n = len(y)
    return Examples(
        x=np.zeros((n, 10)),
        y=np.array(y),
        lists=np.array(lists),
        propensity=np.ones(n),
        source=np.zeros(n, np.int64),
    )


def test_ndcg_is_one_where_the_chosen_stands_first() -> None:
    known = examples([1, 0, 0, 1], [1, 1, 2, 2])
    assert ndcg(np.array([0.9, 0.1, 0.9, 0.1]), known).tolist() == pytest.approx([1, 1 / np.log2(3)])


def test_ndcg_says_nothing_of_lists_without_a_choice() -> None:
    assert len(ndcg(np.array([0.9, 0.1, 0.5]), examples([0, 0, 1], [1, 1, 2]))) == 0


def test_concordance_counts_equal_scores_as_half() -> None:
    known = examples([1, 0, 0], [1, 2, 3])
    assert concordance(np.array([0.5, 0.5, 0.1]), known).tolist() == [0.75]


def test_concordance_needs_both_kinds_of_answers() -> None:
    assert len(concordance(np.array([0.5]), examples([1], [1]))) == 0


def test_outcomes_that_teach_nothing_leave_what_choices_taught() -> None:
    none = examples([], [])
    none = Examples(
        x=np.zeros((0, 10)), y=none.y, lists=none.lists, propensity=none.propensity, source=none.source
    )
    assert fit(Lessons(choices=none, outcomes=none, verdicts=0, skipped=0), None).learned.kind == "choice"
