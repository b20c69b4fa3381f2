"""How the installation works, as settings: who sends its mail, who is warned, networks of departments, sizes of uploads, how
long links work, how long a begun form is kept, when a letter that nobody opens is told, and how long who files along can confirm.

Each field that is empty holds what the settings of the program say (`processes.base.settings`): the first value of each.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, Generic, TypeVar

from processes.dated.fields import FieldKind, OfferedChoices, SettingField
from processes.dated.setting_kind import DatedKind, Section, Standard, Values
from processes.law.edits import LawRecordKind

ALL_MAIL: Final = "alle-mail"
WARNINGS: Final = "waarschuwingen"
DEPARTMENTS: Final = "afdelingen"
UPLOADING: Final = "uploaden"
LINKS: Final = "links"
BEGUN: Final = "formulieren"
UNOPENED: Final = "brieven"
TOGETHER: Final = "samen"
MOST_MEGABYTES: Final = 100_000
MOST_DAYS: Final = 365

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class MailSender:
    """The name, the address that mail comes from, and where an answer goes; an empty text for what was left empty."""

    name: str = ""
    address: str = ""
    reply_to: str = ""

    def over(self, other: "MailSender") -> "MailSender":
        """The same sender, with what the other one says where it says nothing."""
        return MailSender(self.name or other.name, self.address or other.address, self.reply_to or other.reply_to)


@dataclass(frozen=True, slots=True)
class LinkTerms:
    """In days. `department`: after the end of a case, None as long as its case type says; `reader`: of the link to a draft, ahead."""

    department: int | None
    reader: int

    def department_until(self, closed_on: date, wanted: date) -> date:
        """The last day of a department's link: what the case type wants, or earlier."""
        return wanted if self.department is None else min(wanted, closed_on + timedelta(days=self.department))


@dataclass(frozen=True, slots=True)
class JointTerms:
    """In days, for who is named as filing along: how long that one can confirm, and how long before the end there is a reminder (0: none)."""

    days: int
    reminder: int

    def until(self, today: date) -> date:
        """The last day to confirm of who is named or asked again today."""
        return today + timedelta(days=self.days)


def _sender(_code: str, _since: date, values: Values) -> MailSender:
    return MailSender(**{name: str(values.get(name) or "") for name in ("name", "address", "reply_to")})


def _sizes(values: Values) -> Mapping[str, int]:
    return {name: int(value) for name, value in values.items() if value}


def _megabytes(name: str, label: str, hint: str = "", *, within: bool = False) -> SettingField:
    return SettingField(
        name, label, FieldKind.NUMBER, hint, needed=False, least=1, most=MOST_MEGABYTES, installed=name, within=within
    )


def _link_terms(values: Values) -> LinkTerms:
    department = values["department_days"]
    return LinkTerms(None if department is None else int(department), int(values["reader_days"] or 0))


def _days(
    name: str, label: str, hint: str = "", *, least: int = 1, needed: bool = True, empty: str = ""
) -> SettingField:
    return SettingField(name, label, FieldKind.NUMBER, hint, needed=needed, least=least, most=MOST_DAYS, empty=empty)


MAIL_SENDER: Final = DatedKind(
    word=LawRecordKind.MAIL_SENDER,
    title="Afzender van mails",
    one="afzender voor een zaaktype",
    about="Wie in een mail als afzender staat, en waar een antwoord heen gaat. Een zaaktype kan een eigen afzender hebben; mails die niet over een zaak gaan, hebben altijd de algemene. Stuur daarna een proefmail.",
    fields=(
        SettingField("name", "Naam van de afzender", hint="Zoals: Gemeente Voorbeeldstad, Juridische Zaken.", needed=False),
        SettingField("address", "Adres van de afzender", FieldKind.EMAIL, hint="Uw mailserver moet dit adres toestaan.", needed=False),
        SettingField("reply_to", "Antwoorden gaan naar", FieldKind.EMAIL, hint="Leeg: naar het adres van de afzender.", needed=False),
    ),
    make=_sender,
    titled=lambda code, _values: "Alle mail" if code == ALL_MAIL else f"Mail over {code}",
    standard=(Standard(ALL_MAIL, {"name": None, "address": None, "reply_to": None}),),
    code=SettingField("code", "Zaaktype", FieldKind.CHOICE, offers=OfferedChoices.CASE_TYPES),
    code_pattern=re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,39}"),
    code_wrong="Kies een zaaktype.",
    section=Section.MAIL,
    begins_today=True,
)  # fmt: skip


@dataclass(frozen=True)
class _Single(Generic[Made]):
    """A kind that holds one record: its word, title, name of one and what it is about; the code and title of the record; its
    fields; what comes along of them (nothing: what the program's own settings say); the record that the program uses.
    """

    word: LawRecordKind
    title: str
    one: str
    about: str
    code: str
    titled: str
    fields: tuple[SettingField, ...]
    make: Callable[[Values], Made]
    standard: Values = field(default_factory=dict)
    section: Section = Section.INSTALLATION

    @property
    def kind(self) -> DatedKind[Made]:
        values = {one.name: self.standard.get(one.name) for one in self.fields}
        return DatedKind(
            word=self.word, title=self.title, one=self.one, about=self.about, fields=self.fields,
            make=lambda _code, _since, given: self.make(given), titled=lambda _code, _values: self.titled,
            standard=(Standard(self.code, values),), section=self.section, begins_today=True,
        )  # fmt: skip


WARNING_MAIL: Final = _Single(
    LawRecordKind.WARNING_MAIL, "Waarschuwingen over termijnen", "postvak",
    "Wie naast de behandelaar een mail krijgt als een termijn bijna voorbij is. Een team met een eigen postvak gaat voor.",
    WARNINGS, "Postvak voor waarschuwingen",
    (SettingField("team_mailbox", "Postvak", FieldKind.EMAIL, needed=False, installed="team_mailbox"),),
    lambda values: str(values.get("team_mailbox") or ""),
    section=Section.MAIL,
).kind  # fmt: skip
NETWORKS: Final = _Single(
    LawRecordKind.NETWORKS, "Netwerken van afdelingen", "netwerken",
    "Vanaf welke netwerken een afdeling haar link kan openen. Een afdeling kan daarbinnen eigen netwerken hebben: die staan bij de afdeling.",
    DEPARTMENTS, "Netwerken van alle afdelingen",
    (
        SettingField(
            "department_networks", "Netwerken", FieldKind.NETWORKS, hint="Zoals 10.0.0.0/8, met een spatie of een nieuwe regel ertussen.",
            needed=False, longest=2000, installed="department_networks",
        ),
    ),
    lambda values: tuple(str(values.get("department_networks") or "").split()),
).kind  # fmt: skip
UPLOADS: Final = _Single(
    LawRecordKind.UPLOADS, "Bestanden insturen", "grenzen",
    "Hoe groot en hoe veel. De grootste upload kan hier niet groter worden dan bij de installatie is ingesteld: de webserver laat niet meer door.",
    UPLOADING, "Grenzen voor bestanden",
    (
        _megabytes("upload_megabytes", "Grootste upload in MB", "Alle bestanden van één formulier samen.", within=True),
        _megabytes("person_day_megabytes", "Hoeveel MB een inwoner per dag mag sturen"),
        _megabytes("link_day_megabytes", "Hoeveel MB er per dag via één link mag komen"),
        _megabytes("staff_day_megabytes", "Hoeveel MB een medewerker per dag mag toevoegen"),
        _megabytes("waiting_megabytes", "Hoeveel MB een inwoner of link klaar mag hebben staan", "Gekozen en nog niet verstuurd."),
        _megabytes("staff_waiting_megabytes", "Hoeveel MB een medewerker klaar mag hebben staan"),
    ),
    _sizes,
).kind  # fmt: skip
LINK_TERMS: Final = _Single(
    LawRecordKind.LINK_TERMS, "Hoe lang links werken", "termijn van links",
    "Hoe lang iemand zonder account met een link bij een zaak of een ontwerp kan. Een zaaktype kan voor de link van een afdeling een kortere tijd hebben, geen langere. Wat u wijzigt, geldt voor links van zaken die daarna eindigen en voor links die daarna worden gemaakt.",
    LINKS, "Links van afdelingen en van lezers",
    (
        _days("department_days", "Hoeveel dagen na het einde van een zaak werkt de link van een afdeling hoogstens?",
              "Leeg: zo lang als het zaaktype zegt.", least=0, needed=False, empty="zo lang als het zaaktype zegt"),
        _days("reader_days", "Hoeveel dagen vooruit mag de link van wie een ontwerp meeleest hoogstens werken?"),
    ),
    _link_terms,
    {"reader_days": 90},
).kind  # fmt: skip
BEGUN_FORMS: Final = _Single(
    LawRecordKind.BEGUN_FORMS, "Begonnen formulieren", "bewaartijd",
    "Hoe lang wij een formulier bewaren dat iemand begon en nog niet verstuurde. Zo lang kan iemand het ook afmaken nadat er een nieuwe versie van het zaaktype kwam. Maakt u dit korter? Dan gaan formulieren die daarvoor te oud zijn binnen een uur weg.",
    BEGUN, "Begonnen formulieren",
    (_days("days", "Hoeveel dagen na de laatste keer bewaren?"),),
    lambda values: timedelta(days=int(values["days"] or 0)),
    {"days": 30},
).kind  # fmt: skip
UNOPENED_LETTERS: Final = _Single(
    LawRecordKind.UNOPENED_LETTERS, "Brieven die niemand opent", "termijn",
    "Wie brieven in het portaal krijgt, kan er een missen. Opent iemand een brief niet binnen deze tijd? Dan krijgt de behandelaar een taak om te bellen, of om de brief ook per post te sturen. Zonder behandelaar krijgt het team de taak.",
    UNOPENED, "Brieven in het portaal",
    (_days("days", "Na hoeveel dagen krijgt de behandelaar een taak?"),),
    lambda values: timedelta(days=int(values["days"] or 0)),
    {"days": 7},
).kind  # fmt: skip
JOINT_FILING: Final = _Single(
    LawRecordKind.JOINT_FILING, "Samen indienen", "termijn",
    "Wie een zaak samen met anderen indient, noemt hen. Elk van hen bevestigt dat met een eigen inlog. Hoe lang dat kan, stelt u hier in. Wat u wijzigt, geldt voor wie daarna wordt genoemd of opnieuw een uitnodiging krijgt.",
    TOGETHER, "Bevestigen van wie samen indient",
    (
        _days("days", "Hoeveel dagen heeft iemand om te bevestigen?"),
        _days("reminder_days", "Hoeveel dagen voor het einde sturen wij een herinnering?", "Leeg: geen herinnering.", needed=False, empty="geen herinnering"),
    ),
    lambda values: JointTerms(int(values["days"] or 0), int(values["reminder_days"] or 0)),
    {"days": 14, "reminder_days": 4},
).kind  # fmt: skip
INSTALLATION_KINDS: Final = (
    MAIL_SENDER, WARNING_MAIL, NETWORKS, UPLOADS, LINK_TERMS, BEGUN_FORMS, UNOPENED_LETTERS, JOINT_FILING,
)  # fmt: skip
