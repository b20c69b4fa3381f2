"""The words for what a script names by a code: statuses, tasks, terms, results and other things of the drawings that are played."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from engine import Model
from processes.base.actor import ActorKind, StaffRole
from processes.base.dutch import date_in_words, yes_or_no
from processes.base.errors import Invalid
from processes.rehearsal.played_case import PlayedCase
from processes.rehearsal.sandbox import COLLEAGUE
from processes.rehearsal.script import Action
from processes.storage.tables import Case

WHO: Final[Mapping[str, str]] = {
    StaffRole.WORKER: "de behandelaar",
    StaffRole.DECIDER: "de beslisser",
    StaffRole.COMMITTEE: "de commissie",
    COLLEAGUE: "een collega",
    ActorKind.CITIZEN: "de indiener",
    ActorKind.DEPARTMENT: "de afdeling",
    "person": "wie een eigen link heeft",
}
DOINGS: Final[Mapping[str, str]] = {
    "deliver": "de afdeling levert", "judge": "de stukken beoordelen", "wait": "wachten", "until": "wachten tot een dag",
    "join": "iemand komt erbij", "give": "een document geven", "withdraw": "intrekken", "message": "een bericht",
    "term": "een andere dag voor de afdeling", "retry": "een brief opnieuw maken", "posted": "een brief op de post",
    "letter": "een brief nalezen", "": "kijken",
}  # fmt: skip
NOTHING: Final = "niets"
UNKNOWN: Final = "niet bekend"


class ScriptWords:
    """The words of drawings, the one that is rehearsed first. What none of them knows keeps its code, in quotes."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._models = tuple(models)

    def element(self, code: Any) -> str:
        return self._named(code, (one.elements[code].name for one in self._models if code in one.elements))

    def term(self, code: Any) -> str:
        return self._named(code, (one.deadlines[code].title for one in self._models if code in one.deadlines))

    def button(self, code: Any) -> str:
        return self._named(code, (one.on_demand[code].label for one in self._models if code in one.on_demand))

    def value(self, code: Any) -> str:
        return self._named(code, (one.values[code].title for one in self._models if code in one.values))

    def status(self, code: Any) -> str:
        return self._named(code, (one.name for model in self._models for one in model.statuses() if one.code == code))

    def result(self, code: Any) -> str:
        found = (one.result_types[code].description for one in self._models if code in one.result_types)
        return self._named(code, found)

    def case_type(self, code: Any) -> str:
        types = (one.case_type for one in self._models if one.case_type)
        return self._named(code, (one.title for one in types if one.identification == code))

    def step(self, step: Action) -> str:
        """A step by the name of what is done in it, such as that of its task."""
        named = {"complete": self.element, "press": self.button, "correct": self.term}
        return named[step.verb](step.what).strip("'") if step.verb in named else DOINGS[step.verb]

    def wrong(self, wrong: Exception) -> str:
        """The sentence of what went wrong; of a form with the question before each of its sentences."""
        if not isinstance(wrong, Invalid):
            return str(wrong)
        return " ".join(f"Bij {self.value(code)}: {said}" if code else said for code, said in wrong.fields.items())

    def reader(self, name: str) -> str:
        return WHO.get(name, name)

    def difference(self, name: str, found: Any, wanted: Any) -> Iterator[str]:
        """A Dutch sentence for each thing under a word of EXPECTED that is not as expected."""
        yield from DIFFERENCES[name](self, found, wanted)

    def _named(self, code: Any, names: Iterable[str]) -> str:
        if code is None:
            return NOTHING
        return f"'{next(filter(None, names), '') or code}'"


Told = Iterator[str]


def _simple(what: str, name: Callable[[ScriptWords, Any], str]) -> Callable[[ScriptWords, Any, Any], Told]:
    def told(words: ScriptWords, found: Any, wanted: Any) -> Told:
        has, should = name(words, found), name(words, wanted)
        codes = (f" ({found})", f" ({wanted})") if has == should else ("", "")  # two things of one name
        yield f"{what} is {has}{codes[0]}, verwacht was {should}{codes[1]}."

    return told


def _list(what: str, name: Callable[[ScriptWords, Any], str]) -> Callable[[ScriptWords, Any, Any], Told]:
    def said(words: ScriptWords, items: Any) -> str:
        return ", ".join(name(words, one) for one in items or ()) or NOTHING

    return _simple(what, said)


def _each(what: str, said: Callable[[Any], str]) -> Callable[[ScriptWords, Any, Any], Told]:
    """For what is expected of each term: only the terms that are otherwise."""

    def told(words: ScriptWords, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Told:
        for code, want in wanted.items():
            if found.get(code) != want:
                term = words.term(code)
                yield f"{what.format(term=term)} is {said(found.get(code))}, verwacht was {said(want)}."

    return told


def _sees(words: ScriptWords, found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Told:
    for name, want in wanted.items():
        if found.get(name) != want:
            has, should = (", ".join(f"'{one}'" for one in some or ()) or NOTHING for some in (found.get(name), want))
            yield f"Wat {words.reader(name)} aan documenten ziet is {has}, verwacht was {should}."


def _day(day: Any) -> str:
    return date_in_words(day) if isinstance(day, date) else UNKNOWN if day is None else str(day)


def _letter(_words: ScriptWords, name: Any) -> str:
    return f"'{name}'"


DIFFERENCES: Final[Mapping[str, Callable[[ScriptWords, Any, Any], Told]]] = {
    "status": _simple("De status", ScriptWords.status),
    "tasks": _list("Wat aan taken openstaat", ScriptWords.element),
    "mails": _list("De post sinds de vorige stap", _letter),
    "held": _list("De post die wordt vastgehouden", _letter),
    "deadlines": _each("De uiterste dag van termijn {term}", _day),
    "met": _each("De dag waarop termijn {term} is gehaald", _day),
    "penalties": _each("De dwangsom bij termijn {term}", lambda euros: f"€ {euros or 0}"),
    "result": _simple("Het resultaat", ScriptWords.result),
    "finished": _simple("Of de zaak klaar is", lambda _, done: yes_or_no(bool(done))),
    "follows": _simple("De zaak die volgt", ScriptWords.case_type),
    "sees": _sees,
}


def words_of(played: PlayedCase) -> ScriptWords:
    """The words of all drawings in use where the case is played, its own first."""
    with played.services.sessions() as session:
        models = [one.model for one in played.services.models.all_current(session).values()]
        case = session.get(Case, played.case_id)
        own = [played.services.models.version(session, case.model_version_id).model] if case else []
    return ScriptWords([*own, *models])
