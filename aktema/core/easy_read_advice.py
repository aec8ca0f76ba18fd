"""What the easy-read checker's findings say to whoever writes: what stands there, and what to do about it."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from aktema.core.easy_read import MOST_LETTERS, MOST_LIX, MOST_WORDS, Code, Finding


def advice(finding: Finding) -> str:
    """What to do, in a sentence or two. It never holds a finished rewriting: the writer knows what is meant."""
    return ADVICE[finding.code](finding)


def _long_sentence(finding: Finding) -> str:
    return _(
        "Meningen har %(words)s ord. Dela den i flera meningar med högst %(most)s ord.",
        words=finding.amount,
        most=MOST_WORDS,
    )


def _long_word(finding: Finding) -> str:
    return _(
        "”%(word)s” har %(letters)s bokstäver. Välj ett kortare ord, eller dela det med bindestreck. "
        "Högst %(most)s bokstäver är lagom.",
        word=finding.words,
        letters=finding.amount,
        most=MOST_LETTERS,
    )


def _passive(finding: Finding) -> str:
    return _("”%(words)s” döljer vem som gör det. Skriv vem som gör vad.", words=finding.words)


def _abbreviation(finding: Finding) -> str:
    if finding.instead:
        return _("”%(words)s” är en förkortning. Skriv %(long)s.", words=finding.words, long=finding.instead)
    return _("”%(words)s” är en förkortning. Skriv ut orden.", words=finding.words)


def _negation(finding: Finding) -> str:
    return _("”%(word)s” är lätt att missa. Skriv vad som gäller eller vad man ska göra.", word=finding.words)


def _two_ideas(finding: Finding) -> str:
    return _(
        "Här säger meningen två saker, med ”%(word)s” emellan. Sätt punkt och börja en ny mening.",
        word=finding.words,
    )


def _list_in_line(_finding: Finding) -> str:
    return _("Här står flera saker på samma rad. Skriv en sak på varje rad.")


def _parenthesis(_finding: Finding) -> str:
    return _("Parenteser stör läsningen. Skriv det viktiga i en egen mening och ta bort resten.")


def _number(finding: Finding) -> str:
    if finding.instead:
        return _("Skriv %(easy)s i stället för ”%(words)s”.", easy=finding.instead, words=finding.words)
    return _("”%(words)s” är svårt att läsa. Skriv dagen eller talet med enkla ord.", words=finding.words)


def _hard_word(finding: Finding) -> str:
    return _(
        "”%(word)s” är ett svårt ord. Det betyder: %(meaning)s. Använd lättare ord eller förklara det.",
        word=finding.words,
        meaning=finding.instead,
    )


def _hard_text(finding: Finding) -> str:
    return _(
        "Texten är svår som helhet. Dess läsbarhet (LIX) är %(lix)s. Högst %(most)s är lättläst. "
        "Skriv kortare meningar och kortare ord.",
        lix=finding.amount,
        most=MOST_LIX,
    )


ADVICE: Mapping[Code, Callable[[Finding], str]] = {
    Code.LONG_SENTENCE: _long_sentence,
    Code.LONG_WORD: _long_word,
    Code.PASSIVE: _passive,
    Code.ABBREVIATION: _abbreviation,
    Code.NEGATION: _negation,
    Code.TWO_IDEAS: _two_ideas,
    Code.LIST_IN_LINE: _list_in_line,
    Code.PARENTHESIS: _parenthesis,
    Code.NUMBER: _number,
    Code.HARD_WORD: _hard_word,
    Code.HARD_TEXT: _hard_text,
}
