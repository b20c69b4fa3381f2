"""The people who look at the letters of a case type before they leave, as a setting: it adds to what the drawing asks, and takes nothing away."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from engine.words import Approver
from processes.dated.fields import FieldKind, OfferedChoices, SettingField
from processes.dated.setting_kind import DatedKind, Values
from processes.law.edits import LawRecordKind


class WhichLetters(StrEnum):
    """The letters that wait for their handler: those that somebody writes by hand wait always."""

    BY_HAND = "by_hand"
    DECISIONS = "decisions"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class LetterRule:
    """`approve`: words of Approver in their order, empty when nobody has to agree; `four_eyes`: nobody agrees to an own text."""

    which: WhichLetters = WhichLetters.BY_HAND
    approve: tuple[str, ...] = ()
    four_eyes: bool = False

    def covers(self, *, decision: bool) -> bool:
        """Whether a letter of the drawing waits for its handler. `decision`: it says who decided."""
        return self.which == WhichLetters.ALL or (decision and self.which == WhichLetters.DECISIONS)


def _made(_code: str, _since: date, values: Values) -> LetterRule:
    asked = str(values.get("approve") or "").split()
    return LetterRule(WhichLetters(str(values["which"])), tuple(asked), bool(values.get("four_eyes")))


LETTER_RULE: Final = DatedKind(
    word=LawRecordKind.LETTER_RULE,
    title="Brieven nakijken",
    one="regel voor nakijken",
    about="Welke brieven van een zaaktype wachten tot de behandelaar ze heeft nagekeken, en wie akkoord geeft voordat ze weggaan. Wat de tekening zelf al vraagt, blijft gelden. Termijnen die op een brief wachten, tellen vanaf de dag waarop hij weggaat. Een brief die een behandelaar zelf schrijft, wacht altijd tot hij hem verstuurt.",
    fields=(
        SettingField(
            "which", "Welke brieven van het proces wachten?", FieldKind.CHOICE,
            choices=(
                (WhichLetters.BY_HAND, "Geen: alleen brieven die iemand zelf schrijft"),
                (WhichLetters.DECISIONS, "De brieven met een beslissing"),
                (WhichLetters.ALL, "Alle brieven"),
            ),
        ),
        SettingField(
            "approve", "Wie geeft akkoord?", FieldKind.CHOICE, needed=False, empty="niemand",
            hint="Leeg: niemand hoeft akkoord te geven. De behandelaar kan dan wel akkoord vragen.",
            choices=(
                (Approver.DECIDER, "Iemand die mag beslissen"),
                (Approver.TEAM, "Iemand van het team"),
                (Approver.CHOSEN, "Een collega of een team dat de behandelaar kiest"),
                (f"{Approver.TEAM} {Approver.DECIDER}", "Eerst iemand van het team, daarna iemand die mag beslissen"),
                (f"{Approver.CHOSEN} {Approver.DECIDER}", "Eerst een collega of een team, daarna iemand die mag beslissen"),
            ),
        ),
        SettingField("four_eyes", "Niemand geeft akkoord op een tekst waar hij zelf aan schreef", FieldKind.TICK, needed=False),
    ),
    make=_made,
    titled=lambda code, _values: f"Brieven van {code}",
    code=SettingField("code", "Zaaktype", FieldKind.CHOICE, offers=OfferedChoices.CASE_TYPES),
    code_pattern=re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}"),
    code_wrong="Kies een zaaktype.",
    begins_today=True,
)  # fmt: skip
