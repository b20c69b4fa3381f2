"""One of every kind of PDF that the program makes, with the variants in which a layout goes wrong first. All people and papers are invented."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from processes.execution.filed_words import FiledAnswer, FiledFile, FiledWords
from processes.post.bundling.front import front_page, sheet_page
from processes.post.bundling.order import BundleOrder, Paper
from processes.post.filed import FiledLayout, filed_pdf
from processes.post.frames import Frame
from processes.post.inventory import Listed, inventory_pdf
from processes.post.letters import Letter, letter_pdf
from processes.post.pdf import pdf
from processes.reads.citizen import CitizenDocumentLine, Receipt
from processes.reads.citizen.receipt_pdf import receipt_pdf
from processes.reads.workbench.print_pdf import StackedLetter, cover_page, labels_page

NUMBER: Final = "BZW-2026-00001"
DAY: Final = date(2026, 3, 2)
AT: Final = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ADDRESS: Final = "Proefstraat 1\n1000 AA Voorbeeldstad"
LONG_ADDRESS: Final = (
    "Stichting Vrienden van het Oude Stadspark en Omgeving\nt.a.v. de afdeling Bezwaar en Beroep\n"
    "Gebouw De Hoge Toren, vierde verdieping\nProefstraat 1000-12 bis\n1000 AA Voorbeeldstad"
)
FRAME: Final = Frame(
    organisation="Gemeente Voorbeeldstad", body="het college van burgemeester en wethouders",
    postal_address="Postbus 1\n1000 AA Voorbeeldstad", visiting_address="Stadhuisplein 1\nVoorbeeldstad", phone="14 000",
    email="post@voorbeeldstad.example", website="www.voorbeeldstad.example", hours="op werkdagen van 9.00 tot 17.00 uur",
    contact="Noor Behandelaar", contact_phone="000 000 00 01",
)  # fmt: skip
GOODBYE: Final = "Met vriendelijke groet,\n\nnamens het college van burgemeester en wethouders,\nNoor Behandelaar\n"
SHORT: Final = (
    f"Beste Tess Testeling,\n\nWij hebben uw bezwaar gekregen.\n\nHet gesprek is in het stadhuis.\n\n{GOODBYE}"
)
PARAGRAPH: Final = "Wij hebben gekeken naar wat u schreef en naar wat de afdeling daarop zei. " * 6
LONG_WORD: Final = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2
SIGNS: Final = (
    "Beste Łukasz Çelik-Ångström,\n\n€ 1.234,56 ≥ § 3 ½ m² “zo” – ‘nee’ … Žižek ﬁn ✓ →\n\nمرحبا שלום Привет Ελληνικά 你好\n\n"
    f"<b>geen opmaak</b> & {{{{ geen gegeven }}}}\n\n{LONG_WORD}\n\n{GOODBYE}"
)
ENGLISH: Final = (
    "Dear Tess Testeling,\n\nWe have received your objection. The hearing is at the town hall, at ten o'clock.\n\n"
    "Do you have questions? Call us.\n\nYours sincerely,\n\nNoor Behandelaar\n"
)
DECISION: Final = (
    f"Beste Tess Testeling,\n\nUw bezwaar is gegrond.\n\nWaarom?\n{PARAGRAPH}\n\nBent u het er niet mee eens?\n"
    "U kunt binnen zes weken in beroep gaan bij Rechtbank Voorbeeldstad, Postbus 2, 1000 AB Voorbeeldstad.\n\n"
    "Met vriendelijke groet,\n\nnamens het college van burgemeester en wethouders,\nmr. S. Beslisser\nteammanager\n"
)
AGREED: Final = ("mr. S. Beslisser, teammanager, 27 februari 2026", "P. Behandelaar, jurist, 2 maart 2026")
PAPERS: Final = tuple(
    Paper(
        f"Stuk over de vergunning, nummer {at}", f"Op de zaak betrekking hebbend stuk, {NUMBER}-D{at}, 2 maart 2026",
        withheld="geheim (artikel 8:29 van de Awb)" if at == 4 else "", file_name=f"stuk-{at}.msg", size=12_345, sha256="0f" * 32,  # noqa: PLR2004 - one in the middle
    )
    for at in range(1, 36)
)  # fmt: skip
ORDER: Final = BundleOrder(
    "0" * 32, f"Dossier {NUMBER}", FRAME.organisation,
    (("Zaak", NUMBER), ("Voor", "De rechtbank en de partijen"), ("Gemaakt op", "2 maart 2026")), PAPERS, "D:20260302",
)  # fmt: skip
STACK: Final = [
    StackedLetter(
        at, f"BZW-2026-{at:05}", f"Bram Papier {at}", ADDRESS if at % 5 else LONG_ADDRESS, str(at), ("", None)
    )
    for at in range(1, 31)
]
FILED: Final = FiledWords(
    "Bezwaarschrift",
    (("Zaak", NUMBER), ("Ontvangen op", "2 maart 2026 om 10.30 uur"), ("Ingediend door", "Tess Testeling")),
    (("E-mailadres", "tess@voorbeeldstad.example"), ("Telefoon", "0612345678")),
    (FiledAnswer("Waarom bent u het er niet mee eens?", PARAGRAPH), FiledAnswer("Wilt u gehoord worden?", "Ja")),
    (FiledFile("besluit.pdf", 123_456, "0f" * 32, f"{NUMBER}-D2"),),
)
RECEIPT: Final = Receipt(
    NUMBER, "Bezwaar", "mr. P. Toga, namens Tess Testeling", AT,
    tuple(
        CitizenDocumentLine(
            str(at), f"{NUMBER}-D{at}", f"Foto van de plek ({at} van 3)", "Bijlage", f"foto {at} <van> de plek & {LONG_WORD}.jpg" if at == 2 else f"foto-{at}.jpg",  # noqa: PLR2004
            123_456 * at, "0f" * 32, AT, own=True,
        )
        for at in range(1, 4)
    ),
)  # fmt: skip
LISTED: Final = tuple(
    Listed(at, f"Verslag van overleg {at}", "2 maart 2026", "gedeeltelijk" if at % 2 else "ja", ("5.1.2.e persoonlijke levenssfeer",) if at % 2 else (), PARAGRAPH if at == 3 else "")  # noqa: PLR2004
    for at in range(1, 13)
)  # fmt: skip


def letter(**other: Any) -> bytes:
    """A plain letter as PDF, but for these fields of `Letter`."""
    plain = Letter(FRAME.organisation, "Tess Testeling", ADDRESS, DAY, "Uw bezwaar", SHORT, NUMBER, frame=FRAME)
    return letter_pdf(replace(plain, **other))


def _enclosures() -> tuple[dict[str, Any], ...]:
    title = "Op de zaak betrekking hebbend stuk: tekening van de gevel"
    return tuple(
        {"document": str(at), "title": f"{title} {at}", "reference": f"{NUMBER}-D{at}", "joined": at % 5 > 0}
        for at in range(1, 31)
    )


def _three_pages() -> bytes:
    parts = "\n\n".join(f"{at}. {PARAGRAPH}" for at in range(1, 16))
    return letter(body=f"Beste Tess Testeling,\n\n{parts}\n\n{GOODBYE}")


SAMPLES: Final[Mapping[str, Callable[[], bytes]]] = {
    "letter": letter,
    "letter-on-portal": lambda: letter(address="", channel="portal"),
    "letter-long-address": lambda: letter(address=LONG_ADDRESS, name="Stichting Vrienden van het Oude Stadspark", subject=PARAGRAPH[:180]),
    "letter-enclosures": lambda: letter(enclosures=_enclosures()),
    "letter-three-pages": _three_pages,
    "letter-signs": lambda: letter(name="Łukasz Çelik-Ångström", body=SIGNS),
    "letter-english": lambda: letter(subject="Your objection", body=ENGLISH),
    "decision": lambda: letter(subject="Beslissing op uw bezwaar", body=DECISION, frame=replace(FRAME, approved=AGREED)),
    "filed": lambda: filed_pdf(FiledLayout(FRAME.organisation, FILED, "0f" * 32)),
    "receipt": lambda: receipt_pdf(FRAME.organisation, RECEIPT),
    "inventory": lambda: inventory_pdf(FRAME.organisation, NUMBER, LISTED),
    "bundle-front": lambda: pdf(front_page(ORDER, tuple(range(3, 38)), ("",) * len(PAPERS))),
    "bundle-sheet": lambda: pdf(sheet_page(ORDER, 1, PAPERS[0], "Dit bestand kan geen bladzijde worden.")),
    "stack-cover": lambda: pdf(cover_page(1, AT, STACK)),
    "stack-labels": lambda: pdf(labels_page(1, STACK)),
}  # fmt: skip
