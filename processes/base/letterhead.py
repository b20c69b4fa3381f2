"""The organisation as its letters name it: who it is, in whose name it decides, who signs, and where one goes further.

What comes along is invented: `Letterhead.invented` says what an installation still has to fill in. Addresses are lines of text,
one for each line of an address.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from processes.base.dutch import enumeration

CITY: Final = "Voorbeeldstad"


@dataclass(frozen=True, slots=True)
class Organisation:
    """The municipality: how one writes, comes, calls and mails, and which team signs when nobody handles the case yet.

    Without a `name` it is called as the setting ZAAKSPOOR_ORGANISATION says.
    """

    name: str = ""
    postal_address: str = f"Postbus 1\n1000 AA {CITY}"
    visiting_address: str = f"Voorbeeldplein 1\n1000 AB {CITY}"
    phone: str = "14 0999"
    email: str = "bezwaar@voorbeeldstad.example"
    website: str = "www.voorbeeldstad.example"
    hours: str = "op werkdagen van 9.00 tot 17.00 uur"
    team: str = "team Juridische Zaken"

    @property
    def invented(self) -> bool:
        """Whether these still are the addresses that came along, where nobody lives."""
        return self.postal_address == Organisation().postal_address


@dataclass(frozen=True, slots=True)
class Body:
    """An administrative body: its name as letters print it, and who sign for it when it decided itself."""

    name: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class WhereTo:
    """A court or ombudsman to whom somebody can go: `sector` is the part of a court that letters name."""

    name: str
    address: str
    website: str
    sector: str = ""


@dataclass(frozen=True, slots=True)
class StaffPost:
    """A member of staff as letters say it: name, function (Awb 10:10) and the telephone number of the work."""

    name: str = ""
    function: str = ""
    phone: str = ""


BODIES: Final[Mapping[str, Body]] = MappingProxyType({
    "college": Body(
        f"het college van burgemeester en wethouders van {CITY}",
        "Sietse Schrijver, gemeentesecretaris\nBente Burger, burgemeester",
    ),
    "burgemeester": Body(f"de burgemeester van {CITY}", "Bente Burger"),
    "raad": Body(f"de raad van de gemeente {CITY}", "Gijs Griffioen, griffier\nBente Burger, voorzitter"),
})  # fmt: skip
COURT: Final = WhereTo(
    "Rechtbank Voorbeeldland", "Postbus 2, 1000 AC Voorbeeldstad", "www.rechtbank-voorbeeldland.example", "sector bestuursrecht"
)  # fmt: skip
OMBUDSMAN: Final = WhereTo(
    "de Ombudsman van Voorbeeldland", "Postbus 3, 1000 AD Voorbeeldstad", "www.ombudsman-voorbeeldland.example"
)
CONTACT: Final = (
    "Neem contact op met {{ handler.name }}, telefoon {{ handler.phone }}. Wij zijn bereikbaar {{ organisation.hours }}. "
    "Noem daarbij het kenmerk {{ case.number }}."
)
# the names that a text block may use; `last_day` of a remedy is unknown as long as nobody knows when the letter is posted
BLOCK_NAMES: Final = frozenset({
    "handler.name", "handler.phone", "organisation.name", "organisation.address", "organisation.phone", "organisation.email",
    "organisation.hours", "body.name", "court.name", "court.address", "court.website", "court.sector", "ombudsman.name",
    "ombudsman.address", "ombudsman.website", "case.number", "link", "last_day",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Letterhead:
    """All of it, as it holds on one day. `posts` are by number of staff, `bodies` by code."""

    organisation: Organisation = field(default_factory=Organisation)
    bodies: Mapping[str, Body] = field(default_factory=lambda: BODIES)
    court: WhereTo = COURT
    ombudsman: WhereTo = OMBUDSMAN
    contact: str = CONTACT
    remedies: Mapping[str, str] = field(default_factory=dict)  # text blocks by word of Remedy
    posts: Mapping[str, StaffPost] = field(default_factory=dict)

    def post_of(self, number: str | None) -> StaffPost:
        """The function and telephone of a member of staff; empty when nobody filled them in."""
        return self.posts.get(number or "", StaffPost())

    def invented(self) -> Iterator[str]:
        """The parts that still are as they came along, as words for a sentence: a letter with it names what does not exist."""
        if self.organisation.invented:
            yield "de gegevens van de organisatie"
        for code, body in self.bodies.items():
            if body == BODIES.get(code):
                yield f"het bestuursorgaan '{code}'"
        if self.court == COURT:
            yield "de rechtbank"
        if self.ombudsman == OMBUDSMAN:
            yield "de ombudsman"

    def to_fill_in(self) -> str:
        """The parts that still are invented, as one Dutch sentence; empty when all was filled in."""
        missing = list(self.invented())
        if not missing:
            return ""
        return f"Vul voor brieven nog in: {enumeration(missing)}. Nu staan daar verzonnen gegevens."


def one_line(address: str) -> str:
    """The lines of an address as one, with commas."""
    return ", ".join(line.strip() for line in address.splitlines() if line.strip())
