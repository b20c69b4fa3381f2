"""The steps of a rehearsal in plain Dutch: raw steps as a script has them in, lines for the page out."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from engine import Model, Value
from processes.base.actor import ActorKind, StaffRole
from processes.base.dutch import date_in_words, long_date, yes_or_no
from processes.rehearsal import letters
from processes.rehearsal.script_words import WHO, ScriptWords
from processes.storage.words import DocumentState

DAYS: Final = re.compile(r"P(\d{1,4})D")
EXPECTED: Final = {
    "status": "de status", "tasks": "de open taken", "mails": "de post sinds de vorige stap", "deadlines": "de termijnen",
    "result": "het resultaat", "finished": "of de zaak klaar is", "follows": "de zaak die volgt", "sees": "wat iemand ziet",
    "held": "de post die wordt vastgehouden", "met": "de gehaalde termijnen", "penalties": "de dwangsom",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One step. `details` are titles and texts of what was filled in, `expected` of what must come out."""

    words: str
    details: tuple[tuple[str, str], ...]
    expected: tuple[tuple[str, str], ...]


class StepWords:
    """The words for the steps of one draft; an element or value that the drawing does not know keeps its code."""

    def __init__(self, model: Model | None, called: Iterable[Model] = ()) -> None:
        """`called`: other drawings whose tasks and values the steps may name."""
        self._all = (*([model] if model else ()), *called)
        self._names = ScriptWords(self._all)

    def of(self, step: Mapping[str, Any]) -> ToldStep:
        verb = next((one for one in self.VERBS if one in step), "")
        words = self.VERBS[verb](self, step.get(verb), step) if verb else "Alleen gekeken hoe het staat"
        values = step.get("values") if isinstance(step.get("values"), Mapping) else {}
        expected = step.get("expect") if isinstance(step.get("expect"), Mapping) else {}
        return ToldStep(
            words,
            tuple((self._title(code), self._text(value, code)) for code, value in (values or {}).items()),
            tuple((EXPECTED.get(name, name), self._expected(name, value)) for name, value in (expected or {}).items()),
        )

    def start(self, start: Mapping[str, Any]) -> ToldStep:
        """The beginning of a rehearsal."""
        by = WHO.get(start.get("by", StaffRole.WORKER), "de behandelaar")
        values = start.get("values") or {}
        details = [(self._title(code), self._text(value, code)) for code, value in values.items()]
        details += [("Besluit", self._text(list(one.values()))) for one in start.get("decisions") or ()]
        details += [("Ook bij de zaak", str(one.get("name", ""))) for one in start.get("parties") or ()]
        if start.get("main_case"):
            details.append(
                ("Hoort bij een zaak", _bare(self._names.case_type(start["main_case"].get("case_type", ""))))
            )
        words = "De indiener stuurt het in" if by == WHO[ActorKind.CITIZEN] else f"{by.capitalize()} maakt de zaak"
        return ToldStep(f"{words} op {self._text(start.get('on'))}", tuple(details), ())

    def day(self, text: str) -> str:
        """A day or moment as it travels between processes (ISO 8601), in words."""
        return date_in_words(date.fromisoformat(text[:10]))

    def _complete(self, what: Any, step: Mapping[str, Any]) -> str:
        return f"{self._element(what)}: gedaan door {self._who(step)}"

    def _deliver(self, what: Any, _: Mapping[str, Any]) -> str:
        files = ", ".join(map(str, (what or {}).get("files") or ())) if isinstance(what, Mapping) else ""
        return f"De afdeling levert {files or 'geen stukken'}"

    def _judge(self, what: Any, step: Mapping[str, Any]) -> str:
        if what == DocumentState.ACCEPTED:
            return "De behandelaar keurt de stukken goed"
        return f"De behandelaar keurt de stukken af: {step.get('reason') or 'zonder reden'}"

    def _wait(self, what: Any, _: Mapping[str, Any]) -> str:
        found = DAYS.fullmatch(str(what))
        if found is None:
            return f"Wachten: {what}"
        return "1 dag wachten" if found[1] == "1" else f"{found[1]} dagen wachten"

    def _until(self, what: Any, _: Mapping[str, Any]) -> str:
        return f"Wachten tot {self._text(what)}"

    def _press(self, what: Any, step: Mapping[str, Any]) -> str:
        return f"Knop {self._names.button(str(what))}, door {self._who(step)}"

    def _withdraw(self, what: Any, _: Mapping[str, Any]) -> str:
        return f"Ingetrokken door {WHO.get(str(what), str(what))}"

    def _give(self, what: Any, _: Mapping[str, Any]) -> str:
        said = what if isinstance(what, Mapping) else {}
        return f"De behandelaar geeft {said.get('file', 'een stuk')} aan {said.get('to', 'iemand')}"

    def _join(self, what: Any, _: Mapping[str, Any]) -> str:
        return f"{what.get('name', 'Iemand') if isinstance(what, Mapping) else 'Iemand'} komt bij de zaak"

    def _correct(self, what: Any, _: Mapping[str, Any]) -> str:
        return f"De behandelaar verbetert een dag van termijn {self._names.term(str(what))}"

    def _letter(self, what: Any, step: Mapping[str, Any]) -> str:
        said = what if isinstance(what, Mapping) else {}
        name, text = f"De brief '{said.get('template', '')}'", self._text(said.get("text"))
        return {
            letters.EDIT: f"{name} krijgt een andere tekst: {text}",
            letters.ASK: f"Op {name[0].lower()}{name[1:]} wordt akkoord gevraagd",
            letters.AGREE: f"{name} krijgt akkoord",
            letters.RETURN: f"{name} gaat terug: {step.get('reason') or 'zonder reden'}",
            letters.SEND: f"{name} wordt verstuurd",
        }.get(str(said.get("do")), name)

    VERBS: Final[Mapping[str, Callable[["StepWords", Any, Mapping[str, Any]], str]]] = {
        "complete": _complete,
        "deliver": _deliver,
        "judge": _judge,
        "wait": _wait,
        "until": _until,
        "press": _press,
        "withdraw": _withdraw,
        "give": _give,
        "join": _join,
        "correct": _correct,
        "letter": _letter,
        "message": lambda _, what, __: f"De indiener stuurt een bericht: {what}",
        "term": lambda self, what, _: f"De afdeling krijgt tijd tot {self._text(what)}",
        "retry": lambda _, what, __: f"De vastgehouden brief '{what}' wordt opnieuw gemaakt",
        "posted": lambda _, what, __: f"De brief '{what}' gaat op de post",
    }

    def _who(self, step: Mapping[str, Any]) -> str:
        by = str(step.get("by", StaffRole.WORKER))
        return WHO.get(by, by)

    def _element(self, what: Any) -> str:
        return _bare(self._names.element(str(what)))

    def _title(self, code: str) -> str:
        found = self._value(code)
        return found.title if found else code

    def _value(self, code: str) -> Value | None:
        return next((one.values[code] for one in self._all if code in one.values), None)

    def _text(self, value: Any, code: str = "") -> str:
        if isinstance(value, bool):
            return yes_or_no(value)
        if isinstance(value, date):
            return long_date(value)
        if isinstance(value, Mapping):
            return "; ".join(f"{name}: {self._text(one)}" for name, one in value.items())
        if isinstance(value, list):
            return ", ".join(self._text(one, code) for one in value) or "niets"
        found = self._value(code)
        choices = {one.value: one.title for one in found.choices} if found else {}
        return "niets" if value is None else choices.get(str(value), str(value))

    def _expected(self, name: str, value: Any) -> str:
        if name == "tasks" and isinstance(value, list):
            return ", ".join(map(self._element, value)) or "geen"
        if name in {"deadlines", "met", "penalties"} and isinstance(value, Mapping):
            return "; ".join(f"{_bare(self._names.term(code))}: {self._text(said)}" for code, said in value.items())
        if name == "sees" and isinstance(value, Mapping):
            return "; ".join(f"{self._names.reader(who)}: {self._text(said)}" for who, said in value.items())
        names = {"status": self._names.status, "result": self._names.result, "follows": self._names.case_type}
        if name in names:
            return _bare(names[name](value))
        return self._text(value) if value != [] else "geen"


def _bare(quoted: str) -> str:
    return quoted.removeprefix("'").removesuffix("'")
