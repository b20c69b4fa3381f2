"""The answers of the registers, read: plain data in the shape of their interfaces in, our own values out.

Sources: BRP Personen bevragen 2 (`personen`), KvK Basisprofiel 1 (`basisprofielen`, and its `vestigingen`), BAG Individuele bevragingen 2 (`adressen`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

RegisterAnswer = Mapping[str, Any]
HIDDEN = "Ja"  # of `indAfgeschermd` in the trade register


@dataclass(frozen=True, slots=True)
class Registered:
    """The holder of a number. `names`: every name that is right, the full one first; `family`: the words without which none is.

    `address` has several lines; it is None when the register gives none, or must not be shown.
    """

    names: tuple[str, ...]
    family: str = ""
    address: str | None = None
    secret_address: bool = False
    deceased: bool = False
    company: bool = False

    @property
    def name(self) -> str:
        return self.names[0]


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """An address of the BAG, in the lines of an envelope."""

    lines: str


def read_person(answer: RegisterAnswer) -> Registered | None:
    """The one person in an answer; None when there is nobody."""
    found: list[Any] = answer.get("personen") or []
    if not found:
        return None
    person = found[0]
    name = person.get("naam") or {}
    family = " ".join(filter(None, (name.get("voorvoegsel"), name.get("geslachtsnaam"))))
    full = name.get("volledigeNaam") or " ".join(filter(None, (name.get("voornamen"), family)))
    greeting = (person.get("adressering") or {}).get("aanschrijfwijze") or {}
    others = (greeting.get("naam"),) if greeting.get("naam") else ()
    secret = bool(person.get("geheimhoudingPersoonsgegevens"))
    return Registered(
        names=(full, *others), family=name.get("geslachtsnaam") or "", address=None if secret else _lives(person),
        secret_address=secret, deceased="overlijden" in person,
    )  # fmt: skip


def _lives(person: Mapping[str, Any]) -> str | None:
    """The address of a resident, or of a non-resident (RNI) as the register writes it."""
    there = (person.get("verblijfplaats") or {}).get("verblijfadres") or {}
    if "regel1" in there:
        country = (there.get("land") or {}).get("omschrijving")
        return _lines(there.get("regel1"), there.get("regel2"), there.get("regel3"), country)
    street = there.get("officieleStraatnaam") or there.get("korteStraatnaam")
    number = f"{there.get('huisnummer', '')}{there.get('huisletter', '')}"
    more = f"-{there['huisnummertoevoeging']}" if there.get("huisnummertoevoeging") else ""
    place = " ".join(filter(None, (_spaced(there.get("postcode")), there.get("woonplaats"))))
    return _lines(f"{street} {number}{more}".strip() if street else None, place)


def read_company(answer: RegisterAnswer) -> Registered | None:
    """A company by its statutory name and trade names; None for an empty answer. A hidden address is not given."""
    if not answer.get("naam"):
        return None
    trades = [one["naam"] for one in answer.get("handelsnamen") or ()]
    seat = (answer.get("_embedded") or {}).get("hoofdvestiging") or {}
    places = [one for one in seat.get("adressen") or () if one.get("indAfgeschermd") != HIDDEN]
    place = next((one for one in places if one.get("type") == "postadres"), places[0] if places else None)
    names = dict.fromkeys([answer["naam"], *filter(None, [answer.get("statutaireNaam")]), *trades])
    return Registered(names=tuple(names), address=_seat(place) if place else None, company=True)


def read_branches(answer: RegisterAnswer) -> frozenset[str]:
    """The numbers of all branches in an answer; none for an empty one."""
    return frozenset(filter(None, (one.get("vestigingsnummer") for one in answer.get("vestigingen") or ())))


def _seat(place: Mapping[str, Any]) -> str | None:
    street = f"{place.get('straatnaam', '')} {place.get('huisnummer', '')}{place.get('huisletter', '')}".strip()
    box = f"Postbus {place['postbusnummer']}" if place.get("postbusnummer") else None
    return _lines(box or street, " ".join(filter(None, (_spaced(place.get("postcode")), place.get("plaats")))))


def read_address(answer: RegisterAnswer) -> FoundAddress | None:
    """The one address in an answer; None for none or several."""
    found: list[Any] = (answer.get("_embedded") or {}).get("adressen") or []
    lines = _lines(found[0].get("adresregel5"), found[0].get("adresregel6")) if len(found) == 1 else None
    return FoundAddress(lines) if lines else None


def _spaced(postcode: str | None) -> str | None:
    return f"{postcode[:4]} {postcode[4:].strip()}" if postcode else None


def _lines(*lines: str | None) -> str | None:
    return "\n".join(line for line in lines if line) or None
