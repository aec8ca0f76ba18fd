"""The measurement of PDFs at tiny size: what it measures, never how fast it is."""

from aktema.bench import pdf
from aktema.cli import parser
from aktema.cli.benchmarks import run_pdf


def test_pages_and_seconds_of_a_plan_in_pictures_are_measured() -> None:
    pages, seconds = pdf.measure(goals=1)
    assert (pages.unit, seconds.unit) == ("pages", "seconds")
    assert pages.value > 5


def test_the_command_knows_it() -> None:
    assert parser().parse_args(["bench", "pdf"]).command is run_pdf
