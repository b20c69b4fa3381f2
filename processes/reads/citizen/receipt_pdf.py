"""The receipt of documents that somebody handed in, as an accessible PDF to keep (B6, C1): all that the page says."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from processes.base.actor import Actor
from processes.base.dutch import long_moment
from processes.execution.filed_words import FILES, FiledFile
from processes.post.pdf import pdf
from processes.post.proof_page import files_list, lines_list, proof_page
from processes.reads.citizen.documents import Receipt, read_receipt
from processes.storage.current_settings import current_settings
from processes.storage.services import Services

TITLE: Final = "Bewijs van ontvangst"
SAYS: Final = "Wij hebben de bestanden hieronder ontvangen. Ze staan bij de zaak."
FINGERPRINT: Final = (
    "Bij elk bestand staat een vingerafdruk. Met die code kan iemand later laten zien dat precies dit bestand is gestuurd. "
    "Verandert er één letter in het bestand, dan klopt de code niet meer. De code heet SHA-256."
)


@dataclass(frozen=True, slots=True)
class ReceiptFile:
    """A PDF, and what the reader's computer calls it."""

    content: bytes
    name: str


def receipt_file(services: Services, actor: Actor, number: str, references: Collection[str]) -> ReceiptFile:
    """The proof of what this person handed in at once under these references, in Dutch. Raises NotFound, as `read_receipt` does."""
    receipt = read_receipt(services, actor, number, references)
    made = receipt_pdf(current_settings(services).organisation, receipt)
    return ReceiptFile(made, f"ontvangstbewijs-{receipt.documents[0].reference}.pdf")


def receipt_pdf(organisation: str, receipt: Receipt) -> bytes:
    """The receipt as PDF/A-2a and PDF/UA-1. It fetches nothing: all text is escaped."""
    facts = (
        ("Zaak", f"{receipt.number} ({receipt.title})"),
        ("Van", receipt.sender),
        ("Ontvangen", f"{long_moment(receipt.at)}, via Mijn zaken"),
    )
    files = [
        FiledFile(f"{one.title}, bestand {one.file_name}", one.size, one.sha256, one.reference)
        for one in receipt.documents
    ]
    body = f"<p>{SAYS}</p>{lines_list(facts)}<h2>{FILES}</h2>{files_list(files)}<p>{FINGERPRINT}</p>"
    return pdf(proof_page(organisation, TITLE, body))
