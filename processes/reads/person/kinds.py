"""The kinds of data that a package can hold, in Dutch words, and which are chosen unless the officer says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.storage.words import PersonKind


@dataclass(frozen=True, slots=True)
class KindWords:
    """`hint` says what it holds; `care` that it may concern others, or that the officer must decide; `ticked` as the form begins."""

    title: str
    hint: str
    care: str = ""
    ticked: bool = True


KIND_WORDS: Final[Mapping[PersonKind, KindWords]] = {
    PersonKind.PARTY: KindWords("Gegevens van deze persoon", "Naam, adres, contactgegevens en rol in elke zaak."),
    PersonKind.CASE: KindWords("De zaken zelf", "Onderwerp, besluiten, statussen, termijnen, taken, uitkomst."),
    PersonKind.VALUES: KindWords("Ingevulde gegevens", "Wat in de formulieren van deze zaken is ingevuld."),
    PersonKind.DOCUMENTS: KindWords("Documenten van en aan deze persoon", "De gegevens en het bestand zelf."),
    PersonKind.LETTERS: KindWords("Brieven aan deze persoon", "Kennisgevingen, ook aan de gemachtigde."),
    PersonKind.MAILS: KindWords("E-mails aan deze persoon", "Wat naar het eigen adres is gestuurd."),
    PersonKind.MESSAGES: KindWords("Berichten", "Vragen van deze persoon en onze antwoorden."),
    PersonKind.NOTES: KindWords(
        "Interne notities", "Wat medewerkers bij deze zaken opschreven.",
        "Beoordeel van elke notitie of u haar geeft. Zij is zo gemarkeerd.",
    ),
    PersonKind.REQUESTS: KindWords(
        "Verzoeken aan afdelingen", "Aan wie gegevens zijn verstrekt, wat is gevraagd en aangeleverd."
    ),
    PersonKind.LOOKS: KindWords("Wie keek", "Elke keer dat iemand in deze zaken keek, ook deze persoon zelf."),
    PersonKind.ACTIONS: KindWords("Wat deze persoon deed", "De regels van het controlespoor."),
    PersonKind.ACCOUNT: KindWords("Profiel en eerdere verzoeken", "Wat buiten de zaken om wordt bewaard."),
    PersonKind.OTHER_DOCUMENTS: KindWords(
        "Andere documenten in deze zaken", "Van afdelingen, van anderen en van ons.",
        "Deze gaan vaak ook over anderen.", ticked=False,
    ),
    PersonKind.OTHER_MAILS: KindWords(
        "E-mails aan anderen in deze zaken", "Aan afdelingen, medewerkers en andere betrokkenen.",
        "Deze gaan vaak ook over anderen.", ticked=False,
    ),
}  # fmt: skip
