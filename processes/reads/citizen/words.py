"""The sentence that matters: what is going on in a case and when the answer comes, in plain Dutch."""

from dataclasses import dataclass
from datetime import date

from engine import Model
from engine.words import DeadlineVerb, Occasion
from processes.base.dutch import date_in_words, within_sentence

ANSWER = "antwoord van ons"
TAKES_NO_PART = (
    "U doet niet meer mee aan deze zaak. Voor anderen gaat de zaak verder."  # who withdrew while others go on
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The facts for the sentence on top of a case. `started`: the term of the law runs or stands still; `due` is None
    while it stands still.
    """

    name: str
    running: bool
    answer: str = ANSWER
    started: bool = False
    due: date | None = None
    waiting: bool = False
    closed_on: date | None = None
    result: str | None = None
    reopened: bool = False


def sentence(standing: Standing, today: date) -> str:
    """`Uw bezwaar is in behandeling. U krijgt uiterlijk woensdag 27 januari 2027 een beslissing.`"""
    name, answer = standing.name, standing.answer
    if not standing.running:
        return _closed(standing)
    if not standing.started:
        return f"{name} is heropend. Wij werken er weer aan." if standing.reopened else f"{name} is in behandeling."
    if standing.due is None and standing.waiting:
        return f"{name} is in behandeling. Wij wachten nu op u. Tot die tijd staat onze termijn stil."
    if standing.due is None:
        return f"{name} is in behandeling. Onze termijn staat nu stil. U hoort van ons wanneer hij weer verdergaat."
    if standing.due < today:
        when = date_in_words(standing.due)
        return f"{name} is nog in behandeling. U had uiterlijk {when} {answer} moeten krijgen. Dat is niet gelukt."
    return f"{name} is in behandeling. U krijgt uiterlijk {date_in_words(standing.due)} {answer}."


def _closed(standing: Standing) -> str:
    when = f" op {date_in_words(standing.closed_on)}" if standing.closed_on else ""
    outcome = f" Het resultaat is: {standing.result}." if standing.result else ""
    return f"{standing.name} is afgerond{when}.{outcome}"


def case_name(title: str, *, own: bool) -> str:
    """`Uw bezwaar`, `Uw Woo-verzoek`; for somebody who did not file it `Deze zaak (bezwaar)`."""
    plain = within_sentence(title)
    return f"Uw {plain}" if own else f"Deze zaak ({plain})"


def answer_of(deadline_title: str) -> str:
    """The word for the answer that a legal term ends with: a decision where its title says so."""
    return "een beslissing" if "besli" in deadline_title.lower() else ANSWER


def main_deadline(model: Model) -> str | None:
    """The code of the term of the law that counts for the citizen: the first that the drawing declares. None where that is one of a court:
    it says when we file something there, and nobody knows when the court decides.
    """
    first = next(((code, setting) for code, setting in model.deadlines.items() if setting.rule), None)
    return first[0] if first and not first[1].court else None


def task_deadline(model: Model, element: str) -> str | None:
    """The deadline that starts when this task opens."""
    actions = model.elements[element].deadline_actions if element in model.elements else ()
    return next(
        (action.deadline for action in actions if action.action == DeadlineVerb.START and action.at == Occasion.ENTER),
        None,
    )
