"""Matching of people and places: gates, four parts, reasons. A house of its own, free of web and database.

>>> from aktema.matching.engine import Activity, MatchIndex, Person, Place, Vocabulary
>>> vocabulary = Vocabulary(activities=(Activity(id=1, group=1), Activity(id=2, group=2)))
>>> places = [Place(id=10, employer_id=1, activities=(1,)), Place(id=11, employer_id=1, activities=(2,))]
>>> index = MatchIndex(places, vocabulary=vocabulary)
>>> answer = index.suggest(Person(id=7, votes={2: 2}))
>>> [(suggestion.place_id, round(suggestion.score, 3)) for suggestion in answer.suggestions]
[(11, 0.8), (10, 0.575)]
"""

from aktema.matching.engine.answers import (
    Answer,
    Contribution,
    Excluded,
    Feature,
    Gap,
    Gate,
    Lift,
    Part,
    Parts,
    PeopleAnswer,
    PersonMatch,
    Question,
    QuestionKind,
    Ranked,
    Reason,
    ReasonId,
    Suggestion,
)
from aktema.matching.engine.asking import Asked, AskedKind, worth_asking
from aktema.matching.engine.assign import (
    Pairing,
    Plan,
    Taken,
    assign,
    best_plan,
    first_come,
    seats_of,
    why_waiting,
)
from aktema.matching.engine.changes import rank_after, what_would_fit
from aktema.matching.engine.index import MatchIndex, UnknownPlaceError
from aktema.matching.engine.learning import ChoiceRanker, Learned, OutcomeRanker
from aktema.matching.engine.proposals import Change, ChangeKind
from aktema.matching.engine.rankers import FEATURES, Ranker, RulesPrior
from aktema.matching.engine.types import (
    Activity,
    Capacity,
    Dimension,
    Person,
    Place,
    Settings,
    Vocabulary,
    Weights,
)

__all__ = [
    "FEATURES",
    "Activity",
    "Answer",
    "Asked",
    "AskedKind",
    "Capacity",
    "Change",
    "ChangeKind",
    "ChoiceRanker",
    "Contribution",
    "Dimension",
    "Excluded",
    "Feature",
    "Gap",
    "Gate",
    "Learned",
    "Lift",
    "MatchIndex",
    "OutcomeRanker",
    "Pairing",
    "Part",
    "Parts",
    "PeopleAnswer",
    "Person",
    "PersonMatch",
    "Place",
    "Plan",
    "Question",
    "QuestionKind",
    "Ranked",
    "Ranker",
    "Reason",
    "ReasonId",
    "RulesPrior",
    "Settings",
    "Suggestion",
    "Taken",
    "UnknownPlaceError",
    "Vocabulary",
    "Weights",
    "assign",
    "best_plan",
    "first_come",
    "rank_after",
    "seats_of",
    "what_would_fit",
    "why_waiting",
    "worth_asking",
]
