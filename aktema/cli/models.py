"""`retrain` and `model`: learning from what was decided, and passing on what was learned."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aktema.cli.installation import installation
from aktema.core.db import db, reading
from aktema.core.errors import DomainError
from aktema.matching import model_exchange, model_queries, retraining
from aktema.matching.engine.rankers import FEATURES, RULES_VERSION
from aktema.matching.model_fitting import Difference, Fitted
from aktema.matching.models import ModelVersion
from aktema.matching.retraining import Draft
from aktema.matching.training import Lessons


def add_to(commands: "_SubParsersAction[Any]") -> None:
    _add_retrain(commands.add_parser("retrain", help="learn from decisions, and choose the model in use"))
    parent = commands.add_parser("model", help="list models, and pass what was learned on")
    kinds = parent.add_subparsers(required=True, metavar="WHAT")
    listed = kinds.add_parser("list", help="the models there are")
    listed.set_defaults(command=run_list)
    out = kinds.add_parser("export", help="write coefficients and counts, nothing about anybody, to a file")
    out.add_argument("file", type=Path)
    out.add_argument("--version", help="the one in use where it is not given")
    out.set_defaults(command=run_export)
    into = kinds.add_parser("import", help="say what another municipality's file would change")
    into.add_argument("file", type=Path)
    into.add_argument(
        "--save", action="store_true", help="store it, not in use: the prior of the next retrain"
    )
    into.set_defaults(command=run_import)


def _add_retrain(retrain: ArgumentParser) -> None:
    retrain.add_argument(
        "--prior", help="the version to start from: else the newest imported, else the rules"
    )
    acts = retrain.add_mutually_exclusive_group()
    acts.add_argument(
        "--dry-run", action="store_true", help="report and store nothing, as without any option"
    )
    acts.add_argument("--save", action="store_true", help="report and store the model, not in use")
    acts.add_argument("--switch", metavar="VERSION", help=f"put a stored model or {RULES_VERSION} in use")
    acts.add_argument("--roll-back", action="store_true", help="put in use what was so before")
    retrain.set_defaults(command=run_retrain)


def run_retrain(arguments: Namespace) -> int:
    with installation().app_context():
        if arguments.switch:
            retraining.switch_to(arguments.switch)
            said = f"{arguments.switch} is in use."
        elif arguments.roll_back:
            said = f"{retraining.roll_back()} is in use."
        else:
            said = _reported(lambda: retraining.retrain(arguments.prior), is_saved=arguments.save)
        db.session.commit()
    print(said)
    return 0


def run_import(arguments: Namespace) -> int:
    content = _read(arguments.file)
    with installation().app_context():
        said = _reported(lambda: retraining.receive(content), is_saved=arguments.save)
        db.session.commit()
    print(said)
    return 0


def run_export(arguments: Namespace) -> int:
    with installation().app_context():
        text = retraining.export(arguments.version)
        _write(arguments.file, text)
        db.session.commit()
    print(f"Written to {arguments.file}: coefficients and counts, nothing about anybody.")
    return 0


def run_list(_arguments: Namespace) -> int:
    with installation().app_context():
        used = model_queries.version_of(model_queries.find_newest_use())
        models = model_queries.all_models()
        for version, note in ((RULES_VERSION, "the rules"), *((one.version, _note(one)) for one in models)):
            print(f"{version}  {note}{'  (in use)' if version == used else ''}")
    return 0


def _note(model: ModelVersion) -> str:
    return f"{model.origin} {model.created_at:%Y-%m-%d} around {model.prior}, {model.answers} answers"


def _read(file: Path) -> bytes:
    """One byte more than the most, so that a file that is too large is noticed and not read whole."""
    try:
        with file.open("rb") as opened:
            return opened.read(model_exchange.MOST_BYTES + 1)
    except OSError as error:
        raise DomainError(f"{file} can't be read: {error.strerror}.") from error


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise DomainError(f"{file} can't be written: {error.strerror}.") from error


def _reported(draft_of: Callable[[], Draft], *, is_saved: bool) -> str:
    """The report; with `is_saved` the model is stored, where it is anything but its prior."""
    with reading():  # the service goes on writing meanwhile
        draft = draft_of()
        db.session.rollback()
    lines = list(_report(draft))
    if not is_saved or draft.is_prior:
        retraining.report(draft)
        return "\n".join([*lines, "Nothing was stored."])
    version = retraining.save(draft).version
    return "\n".join([*lines, f"Stored, not in use. To use it: aktema retrain --switch {version}"])


def _report(draft: Draft) -> Iterator[str]:
    learned = draft.learned
    if draft.lessons:
        yield _material(draft.lessons)
    if draft.is_prior:
        yield f"The answers do not justify leaving the prior, {draft.prior}."
    else:
        yield f"{learned.version}: from {learned.answers} answers by {learned.sources} sources."
        yield f"Strength {learned.strength:g} towards the prior, {draft.prior}."
    yield f"{'feature':<12} {'prior':>8} {'learned':>8} {'decisions':>10}"
    rows = zip(FEATURES, draft.prior_coefficients, learned.in_order(), learned.counts, strict=True)
    for name, prior, value, count in rows:
        yield f"{name:<12} {prior:>8.3f} {value:>8.3f} {count:>10}"
    if draft.fitted:
        yield from _differences(draft.fitted)
    yield _changes(draft)


def _changes(draft: Draft) -> str:
    found = draft.effects
    return (
        f"Against {draft.in_use}, which is in use: of {found.people} people, {found.other_first} would have another "
        f"place first and {found.other_top} another top ten; the largest move is {found.largest_move} places."
    )


def _material(lessons: Lessons) -> str:
    known = (
        f"{len(lessons.choices)} lists with {lessons.verdicts} verdicts, "
        f"and {len(lessons.outcomes.y)} answers of people who were asked."
    )
    old = f" {lessons.skipped} older lists are left out: their features were not stored."
    return known + old if lessons.skipped else known


def _differences(fitted: Fitted) -> Iterator[str]:
    measured = (
        ("NDCG@10 of choices", fitted.in_choices, "lists"),
        ("AUC of answers", fitted.in_outcomes, "answers"),
    )
    for name, difference, unit in measured:
        yield f"{name}, cross-validated, difference to the prior: {_in_words(difference, unit)}"


def _in_words(difference: Difference | None, unit: str) -> str:
    if difference is None:
        return "too few to say."
    return f"{difference.mean:+.4f} ({difference.low:+.4f} to {difference.high:+.4f}) over {difference.count} {unit}."
