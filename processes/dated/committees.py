"""Committees that hear as a setting (Awb 7:13): their chambers, who sits in them, their rooms, and how they plan a session."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.dated.fields import FieldKind, OfferedChoices, SettingField
from processes.dated.setting_kind import DatedKind, Section, Values, short_code
from processes.law.edits import LawRecordKind


@dataclass(frozen=True, slots=True)
class Committee:
    """`chairs`, `members`, `deputies` and `secretaries` are numbers of staff, `case_types` ids of processes. `minutes`: how long one
    case usually takes; `quorum`: how many must be there to hear.
    """

    name: str
    chambers: tuple[str, ...]
    chairs: tuple[str, ...]
    members: tuple[str, ...]
    deputies: tuple[str, ...]
    secretaries: tuple[str, ...]
    rooms: tuple[str, ...]
    case_types: tuple[str, ...]
    minutes: int
    quorum: int
    ended: bool


def _made(_code: str, _since: date, values: Values) -> Committee:
    words = {
        name: tuple(str(values.get(name) or "").split())
        for name in ("chairs", "members", "deputies", "secretaries", "case_types")
    }
    lines = {
        name: tuple(filter(None, map(str.strip, str(values.get(name) or "").splitlines())))
        for name in ("chambers", "rooms")
    }
    return Committee(
        name=str(values["name"]), **words, **lines,
        minutes=int(values["minutes"] or 0), quorum=int(values["quorum"] or 0), ended=bool(values.get("ended")),
    )  # fmt: skip


def _people(name: str, label: str, hint: str = "") -> SettingField:
    return SettingField(name, label, FieldKind.SEVERAL, hint, needed=False, longest=4000, offers=OfferedChoices.STAFF)


COMMITTEE: Final = DatedKind(
    word=LawRecordKind.COMMITTEE,
    title="Commissies",
    one="commissie",
    about="Wie hoort en adviseert over bezwaren (Awb 7:13). Zittingen van de commissie plant de secretaris bij Zittingen. Wie hier staat, kan in een zitting zitten en ziet alleen de zaken van die zitting.",
    fields=(
        SettingField("name", "Naam", hint="Zo heet de commissie op de agenda. Zoals: commissie bezwaarschriften"),
        SettingField("chambers", "Kamers", FieldKind.TEXT, "Elke kamer op een eigen regel. Leeg: de commissie heeft geen kamers.", needed=False, longest=1000),
        _people("chairs", "Wie kan voorzitten?", "De voorzitter werkt niet bij de gemeente (Awb 7:13, eerste lid)."),
        _people("members", "Wie zijn de leden?"),
        _people("deputies", "Wie vervangt een lid dat niet kan?"),
        _people("secretaries", "Wie is secretaris?"),
        SettingField("rooms", "Kamers en adressen waar een zitting kan zijn", FieldKind.TEXT, "Elke plaats op een eigen regel, zoals: Stadhuis, kamer 2.14", needed=False, longest=4000),
        SettingField("case_types", "Over welke zaaktypen adviseert de commissie?", FieldKind.SEVERAL, "Niets gekozen: alle zaaktypen met een zitting.", needed=False, longest=4000, offers=OfferedChoices.CASE_TYPES),
        SettingField("minutes", "Hoeveel minuten duurt een zaak meestal?", FieldKind.NUMBER, least=5, most=480),
        SettingField("quorum", "Hoeveel mensen moeten er minstens zitten?", FieldKind.NUMBER, "De voorzitter telt mee. Zonder dit aantal kan de zitting niet doorgaan.", least=1, most=20),
        SettingField("ended", "Deze commissie bestaat niet meer", FieldKind.TICK, needed=False),
    ),
    make=_made,
    titled=lambda _code, values: str(values["name"]) + (" (opgeheven)" if values.get("ended") else ""),
    **short_code("bezwaar"),
    section=Section.PEOPLE,
    begins_today=True,
)  # fmt: skip
