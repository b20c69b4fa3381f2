"""The data of a party that can be corrected later, and since when the party is reachable electronically (Awb 2:8)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from processes.base.marks import mark_of
from processes.storage.tables import Party
from processes.storage.words import ElectronicWay, PartyKind, PostChannel, ReadingLanguage

COLUMNS: Final = (
    "name", "kind", "email", "phone", "address", "channel", "secret_address", "deceased", "electronic_since",
    "electronic_how", "needs", "language", "branch",
)  # fmt: skip
ELECTRONIC: Final = (PostChannel.PORTAL, PostChannel.LINK)


@dataclass(frozen=True, slots=True)
class PartyData:
    """The data of one party. `electronic_since` and `electronic_how` (ElectronicWay) say when and how the party said to be
    reachable electronically; both are empty for who gets letters by post. `needs`: at a hearing, in words. `branch`: of a
    company, the number of the only branch that it is about.
    """

    name: str
    kind: str = PartyKind.PERSON
    email: str | None = None
    phone: str | None = None
    address: str | None = None
    channel: str = PostChannel.POST
    secret_address: bool = False
    deceased: bool = False
    electronic_since: date | None = None
    electronic_how: str | None = None
    needs: str = ""
    language: str = ReadingLanguage.DUTCH
    branch: str = ""

    @property
    def seen(self) -> str:
        """A mark of exactly these data: who corrects them says with it what was on the page."""
        return mark_of(self)

    @property
    def columns(self) -> Mapping[str, Any]:
        return asdict(self)


def data_of(row: Party) -> PartyData:
    """The data as they are stored."""
    return PartyData(**{name: getattr(row, name) for name in COLUMNS})


def mark_of_number(row: Party) -> str:
    """A mark of the number that a party has, which is no number: who takes it off says with it which one stood on the page."""
    return mark_of(row.identity_index or "")


def electronic(
    channel: str, since: date | None, by: str | None, today: date, otherwise: ElectronicWay
) -> dict[str, Any]:
    """The two columns about electronic post for a channel: empty for post; else the day and way that were told, or today and
    `otherwise`.
    """
    if channel not in ELECTRONIC:
        return {"electronic_since": None, "electronic_how": None}
    return {"electronic_since": since or today, "electronic_how": by or otherwise}


def electronic_wrong(
    place: str, since: date | None, by: str | None, today: date, *, needed: bool = False
) -> dict[str, str]:
    """One sentence for each field that is not right, as `party-0-electronic_since` for the place `party-0`. `needed`: both
    must be told.
    """
    wrong = {}
    if needed and since is None:
        wrong[f"{place}-electronic_since"] = (
            "Vul in op welke dag de betrokkene zei digitaal bereikbaar te zijn (Awb 2:8)."
        )
    if (needed or by) and by not in set(ElectronicWay):
        wrong[f"{place}-electronic_how"] = "Kies hoe de betrokkene dat liet weten."
    if since is not None and since > today:
        wrong[f"{place}-electronic_since"] = "Deze datum ligt in de toekomst."
    return wrong
