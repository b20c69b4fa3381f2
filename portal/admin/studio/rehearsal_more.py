"""Steps of a rehearsal beside tasks, buttons and the clock: who joins, messages, post, papers and days that are corrected.

One table holds which button makes which verbs of a script; a test holds it against all verbs that there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine import Model
from portal.received import Received
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.reads.studio import Stage
from processes.rehearsal import letters

Step = dict[str, Any]
Choices = tuple[tuple[str, str], ...]
# the verbs that each button of the page can make; a look makes none
OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "task": ("complete", "deliver", "judge"),
    "press": ("press",),
    "next": ("until",),
    "time": ("wait", "until"),
    "withdraw": ("withdraw",),
    "look": (),
    "message": ("message",),
    "term": ("term",),
    "posted": ("posted",),
    "retry": ("retry",),
    "letter": ("letter",),
    "join": ("join",),
    "give": ("give",),
    "correct": ("correct",),
}
LETTER: Final[Choices] = (
    (letters.EDIT, "De behandelaar geeft hem een andere tekst"),
    (letters.ASK, "De behandelaar vraagt akkoord"),
    (letters.AGREE, "Wie aan de beurt is, geeft akkoord"),
    (letters.RETURN, "Wie aan de beurt is, stuurt hem terug"),
    (letters.SEND, "De behandelaar verstuurt hem"),
)
LONGEST: Final = 2000
SEPARATES: Final = "/"  # a term and which of its days


@dataclass(frozen=True, slots=True)
class MoreSteps:
    """The choices in the forms of these steps, as values and words; an empty one means that the step cannot be done now."""

    roles: Choices
    kinds: Choices
    parties: Choices
    to_post: Choices
    held: Choices
    letters: Choices
    days: Choices
    asked: bool


def more_steps(view: Mapping[str, Any], model: Model | None) -> MoreSteps:
    """The choices at this step of a played case."""
    return MoreSteps(
        roles=tuple((code, one.title) for code, one in model.parties.items()) if model else (),
        kinds=tuple((code, one.name) for code, one in model.document_types.items()) if model else (),
        parties=tuple((name, name) for name in view["parties"]),
        to_post=_templates(one for one in view["post"] if one["to_post"]),
        held=_templates(one for one in view["post"] if one["held"]),
        letters=_templates(one for one in view["post"] if one["read_first"]),
        days=tuple((f"{code}{SEPARATES}{key}", words) for code, key, words in view["days"]),
        asked=bool(view["asked"]),
    )


def _templates(post: Any) -> Choices:
    return tuple(dict.fromkeys((one["template"], one["subject"]) for one in post))


def message_step(_: Stage, __: Mapping[str, Any], form: Received, ___: int) -> Step:
    return {"message": _text(form, "r-message", "Vul in wat de indiener schrijft.")}


def term_step(_: Stage, view: Mapping[str, Any], form: Received, __: int) -> Step:
    day = _day(form, "r-term")
    if day <= date.fromisoformat(view["today"]):
        raise Invalid({"r-term": "Kies een dag na vandaag in de repetitie."})
    return {"term": day}


def posted_step(stage: Stage, view: Mapping[str, Any], form: Received, _: int) -> Step:
    return {"posted": _chosen(form, "r-posted", more_steps(view, stage.model).to_post)}


def retry_step(stage: Stage, view: Mapping[str, Any], form: Received, _: int) -> Step:
    return {"retry": _chosen(form, "r-retry", more_steps(view, stage.model).held)}


def letter_step(stage: Stage, view: Mapping[str, Any], form: Received, _: int) -> Step:
    template = _chosen(form, "r-letter", more_steps(view, stage.model).letters)
    doing = _chosen(form, "r-doing", LETTER)
    text = _text(form, "r-letter-text", "Schrijf de nieuwe tekst van de brief.") if doing == letters.EDIT else ""
    why = _text(form, "r-letter-why", "Schrijf waarom de brief teruggaat.") if doing == letters.RETURN else ""
    said = {"template": template, "do": doing, **({"text": text} if text else {})}
    return {"letter": said, **({"reason": why} if why else {})}


def join_step(stage: Stage, view: Mapping[str, Any], form: Received, _: int) -> Step:
    role = _chosen(form, "r-role", more_steps(view, stage.model).roles)
    name = _text(form, "r-person", "Vul een verzonnen naam in.")
    email = form.one("r-email")
    return {"join": {"role": role, "name": name, **({"email": email} if email else {})}}


def give_step(stage: Stage, view: Mapping[str, Any], form: Received, _: int) -> Step:
    more = more_steps(view, stage.model)
    file = _text(form, "r-file", "Verzin een naam voor het document, bijvoorbeeld kaart.pdf.")
    return {
        "give": {"file": file, "type": _chosen(form, "r-kind", more.kinds), "to": _chosen(form, "r-to", more.parties)}
    }


def correct_step(stage: Stage, view: Mapping[str, Any], form: Received, _: int) -> Step:
    which = _chosen(form, "r-which", more_steps(view, stage.model).days)
    code, key = which.split(SEPARATES)
    reason = form.one("r-why")
    day = _day(form, "r-right")
    return {"correct": code, "values": {key: day}, **({"reason": reason} if reason else {})}


def _text(form: Received, name: str, sentence: str) -> str:
    found = form.text(name).strip()
    if not found or len(found) > LONGEST:
        raise Invalid({name: sentence if not found else f"Gebruik hoogstens {LONGEST} tekens."})
    return found


def _chosen(form: Received, name: str, choices: Sequence[tuple[str, str]]) -> str:
    found = form.one(name)
    if found not in dict(choices):
        raise Invalid({name: "Maak een keuze."})
    return found


def _day(form: Received, name: str) -> date:
    try:
        found = read_date(form.one(name))
    except ValueError as error:
        raise Invalid({name: str(error)}) from error
    if found is None:
        raise Invalid({name: "Vul een dag in."})
    return found
