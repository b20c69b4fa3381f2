"""The invented people of the demo: who can sign in with the simulator, and with what.

Names are invented; BSNs pass the eleven test and lie in the test range 99999; company numbers are test numbers of the
trade register.
"""

from dataclasses import dataclass
from typing import Literal

from processes.base.actor import StaffRole

Way = Literal["digid", "eherkenning", "eidas"]


@dataclass(frozen=True, slots=True)
class Citizen:
    """A person or company. `way` is how they sign in; exactly one of `bsn`, `kvk`, `eidas` identifies them."""

    key: str
    name: str
    way: Way
    role: str
    bsn: str = ""
    kvk: str = ""
    eidas: str = ""

    @property
    def identity(self) -> str:
        """`bsn:999993653`, `kvk:68750110` or `eidas:...`: what the blind index is made of."""
        kind = {"digid": "bsn", "eherkenning": "kvk", "eidas": "eidas"}[self.way]
        return f"{kind}:{getattr(self, kind)}"


@dataclass(frozen=True, slots=True)
class Employee:
    number: str
    username: str
    name: str
    roles: tuple[str, ...]
    role: str

    @property
    def email(self) -> str:
        return f"{self.username}@voorbeeldstad.example"


CITIZENS = (
    Citizen("tess", "Tess Testeling", "digid", "bezwaarmaker, parkeervergunning", bsn="999993653"),
    Citizen("bram", "Bram van Proefhuizen", "digid", "bezwaarmaker, bijstand", bsn="999990676"),
    Citizen("yasmina", "Yasmina el Voorbeeld", "digid", "derde-belanghebbende, vergunninghouder", bsn="999993847"),
    Citizen("wim", "Wim Schijnmaker", "digid", "klager, geheim adres", bsn="999992314"),
    Citizen("lotte", "Lotte Nepveld", "digid", "Woo-verzoeker, journalist", bsn="999991607"),
    Citizen("kees", "Kees Denkbeeldig", "digid", "indiener van beroep", bsn="999990755"),
    Citizen("oma", "Oma Fictief-Verzonnen", "digid", "overleden volgens het register", bsn="999990421"),
    Citizen("ilse", "Ilse Namaak", "digid", "tweede bezwaarmaker in één zaak", bsn="999991863"),
    Citizen("olena", "Olena Fantazja", "eidas", "adres in het buitenland", eidas="PL/NL/olena-fantazja-0001"),
    Citizen("bouw", "Verzonnen Bouw B.V.", "eherkenning", "bouwbedrijf", kvk="68750110"),
    Citizen("bakkerij", "Bakkerij Nergens", "eherkenning", "eenmanszaak", kvk="69599084"),
    Citizen("denkbuurt", "Stichting Denkbuurt", "eherkenning", "stichting", kvk="69599068"),
    Citizen("luchtkasteel", "VvE Luchtkasteel", "eherkenning", "vereniging van eigenaars", kvk="90000749"),
    Citizen("toga", "mr. P. Toga", "eherkenning", "gemachtigde", kvk="90004760"),
)

STAFF = (
    Employee("m0000000001", "noor", "Noor Behandelaar", (StaffRole.WORKER,), "behandelaar"),
    Employee("m0000000002", "sem", "Sem Beslisser", (StaffRole.DECIDER,), "beslisser"),
    Employee("m0000000003", "ada", "Ada Griffier", (StaffRole.COMMITTEE,), "secretaris van de commissie"),
    Employee("m0000000004", "joris", "Joris Voorzitter", (StaffRole.COMMITTEE,), "voorzitter van de commissie"),
    Employee("m0000000005", "fenna", "Fenna Beheer", (StaffRole.ADMIN,), "functioneel beheerder"),
    Employee("m0000000008", "gijs", "Gijs Beheer", (StaffRole.ADMIN,), "functioneel beheerder"),
    Employee("m0000000006", "arie", "Arie Archief", (StaffRole.ARCHIVIST,), "archivaris"),
    Employee("m0000000007", "bo", "Bo Bewaarder", (StaffRole.ARCHIVIST,), "archivaris"),
    Employee("m0000000009", "vera", "Vera Vertrouwen", (StaffRole.PRIVACY,), "functionaris gegevensbescherming"),
    Employee("m0000000010", "lies", "Lies Leidinggever", (StaffRole.LEAD,), "teamleider"),
)


def citizens_by(way: str) -> tuple[Citizen, ...]:
    """The invented citizens who sign in this way: with DigiD, eHerkenning or eIDAS."""
    return tuple(citizen for citizen in CITIZENS if citizen.way == way)


def citizen(key: str) -> Citizen | None:
    return next((one for one in CITIZENS if one.key == key), None)


def employee(username: str) -> Employee | None:
    return next((one for one in STAFF if one.username == username), None)
