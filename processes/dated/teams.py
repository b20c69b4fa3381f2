"""Teams as a setting: who is in a team, of which case types it handles the cases, and of which lanes it does the tasks."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from processes.dated.fields import FieldKind, OfferedChoices, SettingField
from processes.dated.setting_kind import DatedKind, Section, Values, short_code
from processes.law.edits import LawRecordKind


@dataclass(frozen=True, slots=True)
class Team:
    """`members` are numbers of staff, `case_types` ids of processes, `lanes` words of `lane_word`: a lane goes before its case type.
    `mailbox` hears of terms that come near; may be empty. `by_sign_on`: sign-on says who its members are, and they are kept so.
    """

    name: str
    mailbox: str
    members: tuple[str, ...]
    case_types: tuple[str, ...]
    lanes: tuple[str, ...]
    ended: bool
    by_sign_on: bool = False


def lane_word(process: str, lane: str) -> str:
    """One lane of a case type, as a word: a process and a lane are called by their ids."""
    return f"{process}:{lane}"


def _made(_code: str, _since: date, values: Values) -> Team:
    return Team(
        name=str(values["name"]),
        mailbox=str(values.get("mailbox") or ""),
        members=tuple(str(values.get("members") or "").split()),
        case_types=tuple(str(values.get("case_types") or "").split()),
        lanes=tuple(str(values.get("lanes") or "").split()),
        ended=bool(values.get("ended")),
        by_sign_on=bool(values.get("by_sign_on")),
    )


TEAM: Final = DatedKind(
    word=LawRecordKind.TEAM,
    title="Teams",
    one="team",
    about="Wie samen zaken behandelt. De taken staan voor wie erin zit bij Vandaag, onder Van mijn team. Het postvak van een team krijgt bericht als een termijn van zijn zaaktypen bijna voorbij is. Een brief van een zaak zonder behandelaar wordt door het team van het zaaktype getekend.",
    fields=(
        SettingField("name", "Naam", hint="Zo staat het team in brieven. Zoals: team Juridische Zaken"),
        SettingField("mailbox", "Postvak", FieldKind.EMAIL, hint="Leeg: het postvak dat voor alle waarschuwingen is ingesteld.", needed=False),
        SettingField("members", "Wie zitten in dit team?", FieldKind.SEVERAL, needed=False, longest=4000, offers=OfferedChoices.STAFF),
        SettingField("by_sign_on", "De inlogdienst zegt wie in dit team zitten", FieldKind.TICK, "Wie inlogt met het woord team- en de code van dit team, zoals team-juridisch, komt in dit team. Wie inlogt zonder dat woord, gaat eruit.", needed=False),
        SettingField("case_types", "Welke zaaktypen behandelt het team?", FieldKind.SEVERAL, needed=False, longest=4000, offers=OfferedChoices.CASE_TYPES),
        SettingField("lanes", "Of alleen de taken van een baan?", FieldKind.SEVERAL, "De taken in deze banen staan in de lijst van dit team, ook als een ander team het zaaktype behandelt.", needed=False, longest=8000, offers=OfferedChoices.LANES),
        SettingField("ended", "Dit team bestaat niet meer", FieldKind.TICK, needed=False),
    ),
    make=_made,
    titled=lambda _code, values: str(values["name"]) + (" (opgeheven)" if values.get("ended") else ""),
    **short_code("juridisch"),
    section=Section.PEOPLE,
    begins_today=True,
)  # fmt: skip
