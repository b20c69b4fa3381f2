"""Corrections of parties and decisions of a case in words: who, when, why, what was, and what is now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from processes.base.dutch import long_date
from processes.reads.workbench.words import ELECTRONIC_WAYS, LANGUAGES, PARTY_CHANNELS
from processes.storage import staff
from processes.storage.tables import Case, CorrectionRow
from processes.storage.words import CorrectionKind, PartyKind

CORRECTIONS: Final[Mapping[str, str]] = {
    CorrectionKind.PARTY: "Gegevens verbeterd",
    CorrectionKind.REPRESENTED: "Gemachtigde veranderd",
    CorrectionKind.LEFT: "Hoort niet meer bij de zaak",
    CorrectionKind.DECISION: "Besluit verbeterd",
    CorrectionKind.DECISION_ADDED: "Besluit toegevoegd",
    CorrectionKind.CHANNEL: "Koos zelf hoe brieven komen",
}
LABELS: Final[Mapping[str, str]] = {
    "name": "Naam", "kind": "Soort", "email": "E-mail", "phone": "Telefoon", "address": "Postadres", "channel": "Brieven",
    "secret_address": "Geheim adres", "deceased": "Overleden", "electronic_since": "Digitaal bereikbaar sinds",
    "electronic_how": "Hoe dat is gezegd", "needs": "Nodig bij een hoorzitting", "number": "Nummer", "represented_by": "Gemachtigde",
    "language": "Taal", "branch": "Vestiging", "left_on": "Niet meer bij de zaak sinds", "subject": "Onderwerp", "taken_on": "Genomen op",
    "announced_on": "Bekendgemaakt op", "department": "Afdeling", "missing": "Niet op tijd beslist",
    "woo": "Besluit op een Woo-verzoek", "taken_by": "Genomen door",
}  # fmt: skip
OF_DECISION: Final[Mapping[str, str]] = {"number": "Kenmerk"}  # the same column has another word for a decision
DAYS: Final = frozenset({"electronic_since", "left_on", "taken_on", "announced_on"})
CHOICES: Final[Mapping[str, Mapping[str, str]]] = {
    "channel": PARTY_CHANNELS,
    "electronic_how": ELECTRONIC_WAYS,
    "language": LANGUAGES,
    "kind": {PartyKind.PERSON: "persoon", PartyKind.COMPANY: "organisatie"},
}


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One correction. `changes` are texts such as `Naam: was Tes, is nu Tess.`, none where they are kept from the reader."""

    at: datetime
    by: str
    title: str
    changes: tuple[str, ...]
    reason: str
    party: int | None
    decision: int | None
    id: int


def corrections_of(
    session: Session, case: Case, kept: Collection[int] = (), ids: Collection[int] | None = None
) -> tuple[CorrectionLine, ...]:
    """Every correction of a case, or those with these ids, the newest first. `kept`: parties of whom this reader may not know who
    they are.
    """
    wanted = select(CorrectionRow).where(CorrectionRow.case_id == case.id)
    rows = session.scalars(wanted if ids is None else wanted.where(CorrectionRow.id.in_(ids))).all()
    own = {row.made_by for row in rows if row.kind == CorrectionKind.CHANNEL}
    takers = [value for row in rows for values in (row.was, row.became) if (value := values.get("taken_by"))]
    known = staff.names_of(session, [*(row.made_by for row in rows if row.made_by not in own), *takers])
    names = {**known, **dict.fromkeys(own, "de betrokkene zelf")}
    return tuple(_line(row, names, kept) for row in sorted(rows, key=lambda row: row.id, reverse=True))


def _line(row: CorrectionRow, names: Mapping[str, str], kept: Collection[int]) -> CorrectionLine:
    hidden = row.party_id in kept
    return CorrectionLine(
        row.made_at, names.get(row.made_by, row.made_by), CORRECTIONS.get(row.kind, row.kind),
        () if hidden else changes(row, names), "" if hidden else row.reason, row.party_id, row.decision_id, row.id,
    )  # fmt: skip


def changes(row: CorrectionRow, names: Mapping[str, str]) -> tuple[str, ...]:
    """One text for each column that changed, in the order of the form."""
    labels = {**LABELS, **(OF_DECISION if row.decision_id else {})}
    return tuple(
        f"{label}: was {_word(name, row.was.get(name), names)}, is nu {_word(name, row.became.get(name), names)}."
        if name in row.was
        else f"{label}: {_word(name, row.became.get(name), names)}."
        for name, label in labels.items()
        if name in row.was or name in row.became
    )


def in_words(values: Mapping[str, Any]) -> list[str]:
    """The columns of one side of a correction, such as `Naam: Tess`."""
    return [f"{label}: {_word(name, values[name], {})}" for name, label in LABELS.items() if name in values]


def _word(name: str, value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if value is None or value == "":
        return "niet bekend"
    if name in DAYS:
        return long_date(date.fromisoformat(value))
    if name == "taken_by":
        return names.get(value, str(value))
    return CHOICES.get(name, {}).get(value, ", ".join(str(value).splitlines()))
