"""The letterhead as settings: the organisation, the bodies that decide, court and ombudsman, text blocks, and who signs.

What comes along is invented (`processes.base.letterhead`), or a text whose articles stand in `processes.law.remedies`.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from engine.lint.templates import template_problems
from engine.words import Remedy
from processes.base.dutch import enumeration
from processes.base.letterhead import (
    BLOCK_NAMES,
    BODIES,
    CONTACT,
    COURT,
    OMBUDSMAN,
    Body,
    Organisation,
    StaffPost,
    WhereTo,
)
from processes.dated.fields import FieldKind, SettingField
from processes.dated.setting_kind import DatedKind, Standard, Values, short_code
from processes.law.edits import LawRecordKind
from processes.law.remedies import REMEDY_TEXTS

ORGANISATION_CODE: Final = "organisatie"
COURT_CODE: Final = "rechtbank"
OMBUDSMAN_CODE: Final = "ombudsman"
CONTACT_CODE: Final = "contact"
LONGEST_BLOCK: Final = 5000
LAST_DAY: Final = "last_day"  # the one name of a block that is a day
TITLES: Final[Mapping[str, str]] = {
    CONTACT_CODE: "Met wie iemand contact opneemt",
    Remedy.OBJECTION: "Bezwaar maken",
    Remedy.APPEAL: "In beroep gaan",
    Remedy.OMBUDSMAN: "Naar de ombudsman",
    Remedy.NONE: "Niets tegen te doen",
}


def _text(name: str, label: str, hint: str = "", *, needed: bool = True, longest: int = 500) -> SettingField:
    return SettingField(name, label, FieldKind.TEXT, hint, needed=needed, longest=longest)


def _texts(values: Values) -> dict[str, str]:
    """A field that was left empty is an empty text."""
    return {name: str(value or "") for name, value in values.items()}


ORGANISATION: Final = DatedKind(
    word=LawRecordKind.ORGANISATION,
    title="Gegevens voor brieven",
    one="gegevens van de organisatie",
    about="Wie de brieven stuurt: adres, telefoon en e-mail. Elke brief houdt de gegevens van de dag waarop hij is gemaakt. Vul dit in voordat u brieven verstuurt: wat meekomt, is verzonnen.",
    fields=(
        SettingField("name", "Naam", hint="Leeg: de naam uit de instelling ZAAKSPOOR_ORGANISATION.", needed=False),
        _text("postal_address", "Postadres", "Elke regel van het adres op een eigen regel."),
        _text("visiting_address", "Bezoekadres", needed=False),
        SettingField("phone", "Telefoon"),
        SettingField("email", "E-mailadres", FieldKind.EMAIL),
        SettingField("website", "Website", needed=False),
        SettingField("hours", "Wanneer bereikbaar", hint="Zoals: op werkdagen van 9.00 tot 17.00 uur"),
        SettingField("team", "Team dat ondertekent", hint="Zolang een zaak geen behandelaar heeft. Zoals: team Juridische Zaken"),
    ),
    make=lambda _code, _since, values: Organisation(**_texts(values)),
    titled=lambda _code, values: str(values.get("name") or "Gegevens van de organisatie"),
    standard=(Standard(ORGANISATION_CODE, asdict(Organisation())),),
)  # fmt: skip
BODY: Final = DatedKind(
    word=LawRecordKind.BODY,
    title="Bestuursorganen",
    one="bestuursorgaan",
    about="In wiens naam wordt beslist (artikel 10:10 van de Awb). De naam staat zo in brieven, midden in een zin.",
    fields=(
        SettingField("name", "Naam in brieven", hint="Zoals: het college van burgemeester en wethouders van Voorbeeldstad"),
        _text("signed_by", "Wie tekent als het orgaan zelf besluit", "Elke naam met functie op een eigen regel."),
    ),
    make=lambda _code, _since, values: Body(**_texts(values)),
    titled=lambda _code, values: str(values["name"]),
    standard=tuple(Standard(code, asdict(body)) for code, body in BODIES.items()),
)  # fmt: skip
WHERE_TO: Final = DatedKind(
    word=LawRecordKind.WHERE_TO,
    title="Rechtbank en ombudsman",
    one="adres",
    about="Waar iemand heen kan die het niet eens is met een beslissing of oordeel. Brieven noemen dit adres.",
    fields=(
        SettingField("name", "Naam in brieven", hint="Zoals: Rechtbank Voorbeeldland"),
        _text("address", "Adres"),
        SettingField("website", "Website"),
        SettingField("sector", "Sector of afdeling", hint="Zoals: sector bestuursrecht", needed=False),
    ),
    make=lambda _code, _since, values: WhereTo(**_texts(values)),
    titled=lambda _code, values: str(values["name"]),
    standard=(Standard(COURT_CODE, asdict(COURT)), Standard(OMBUDSMAN_CODE, asdict(OMBUDSMAN))),
)  # fmt: skip


def _block_wrong(values: Values) -> Mapping[str, str]:
    """A block that cannot be filled in would stop every letter that names it."""
    for _, sentence in template_problems(str(values["text"]), BLOCK_NAMES, {LAST_DAY}):
        return {"text": sentence}
    return {}


_NAMES_HINT: Final = (
    "Namen tussen accolades worden ingevuld. U kunt gebruiken: "
    + enumeration([f"{{{{ {name} }}}}" for name in sorted(BLOCK_NAMES)])
    + ". De laatste dag is leeg zolang een brief op de post wacht: schrijf {% if last_day %} ... {% endif %} eromheen."
)

TEXT_BLOCK: Final = DatedKind(
    word=LawRecordKind.TEXT_BLOCK,
    title="Tekstblokken",
    one="tekstblok",
    about="Vaste stukken tekst in brieven: met wie iemand contact opneemt, en wat iemand tegen een beslissing kan doen (artikelen 3:45, 6:23 en 9:12 van de Awb). Een sjabloon noemt ze als {{ contact }} en {{ remedy.beroep }}.",
    fields=(_text("text", "Tekst", _NAMES_HINT, longest=LONGEST_BLOCK),),
    make=lambda _code, _since, values: str(values["text"]),
    titled=lambda code, _values: TITLES.get(code, code),
    standard=tuple(Standard(code, {"text": text}) for code, text in {CONTACT_CODE: CONTACT, **REMEDY_TEXTS}.items()),
    wrong=_block_wrong,
)  # fmt: skip
LETTER_PIECE: Final = DatedKind(
    word=LawRecordKind.LETTER_PIECE,
    title="Losse teksten voor brieven",
    one="losse tekst",
    about="Stukken tekst die een behandelaar in een brief zet voordat hij weggaat, en standaardbrieven waarmee hij een eigen brief begint.",
    fields=(
        SettingField("title", "Naam", hint="Zo kiest een behandelaar de tekst. Zoals: Parkeren bij het stadhuis"),
        _text("text", "Tekst", _NAMES_HINT, longest=LONGEST_BLOCK),
    ),
    make=lambda _code, _since, values: str(values["text"]),
    titled=lambda _code, values: str(values["title"]),
    wrong=_block_wrong,
    **short_code("parkeren"),
    begins_today=True,
)  # fmt: skip
STAFF_POST: Final = DatedKind(
    word=LawRecordKind.STAFF_POST,
    title="Functies en telefoon van medewerkers",
    one="functie",
    about="Hoe een medewerker in brieven staat: naam, functie (wie in mandaat beslist, artikel 10:10 van de Awb) en telefoonnummer. Begin bij Medewerkers: daar staat bij elke naam een link.",
    fields=(
        SettingField("name", "Naam in brieven", hint="Zoals: mr. B. Beslisser"),
        SettingField("function", "Functie", hint="Zoals: teammanager Juridische Zaken"),
        SettingField("phone", "Telefoonnummer van het werk", hint="Leeg: het nummer van de organisatie.", needed=False),
    ),
    make=lambda _code, _since, values: StaffPost(**_texts(values)),
    titled=lambda _code, values: f"{values['name']}, {values['function']}",
    code=SettingField("code", "Nummer van de medewerker", hint="Dit nummer staat er al als u begint bij Medewerkers."),
    code_pattern=re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,39}"),
)  # fmt: skip
LETTER_KINDS: Final = (ORGANISATION, BODY, WHERE_TO, TEXT_BLOCK, LETTER_PIECE, STAFF_POST)
