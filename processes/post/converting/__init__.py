"""A formal decision is stored as PDF, whatever was uploaded: an upload in, the upload of the PDF that was made of it out.

Pictures and plain text become a PDF by our own layout. So does Word (docx), unless LibreOffice is there (`office`), which is
also what OpenDocument (odt) needs. What is not understood whole is refused with a sentence that says what it is: a decision from which
something silently went missing would be another decision. Each file is read in a process of its own, within limits.
"""

import json
from pathlib import PurePath
from threading import BoundedSemaphore
from typing import Final

from processes.base.errors import ZaakspoorError
from processes.base.file_types import format_of
from processes.base.own_process import ask
from processes.base.uploads import Upload
from processes.post.converting.office import office_program, pdf_by_office
from processes.post.pdf import PDF
from processes.storage.services import Services

MOST_BYTES: Final = 40 * 1024 * 1024  # the file is in memory at once, here and in the child
SECONDS: Final = 30  # of processor time
WAIT_SECONDS: Final = 50  # by the clock: a page waits for it
CHILD: Final = "processes.post.converting.child"
OURS: Final = ("docx", "txt", "jpg", "png")
PHOTOS: Final = ("heic",)  # come as they are, with a PDF beside them that everybody can open
BY_OFFICE: Final = ("docx", "odt")  # better with LibreOffice, or only with it
AS_PDF: Final = "Sla het in uw tekstprogramma op als PDF, en voeg die toe."
AT_ONCE: Final = BoundedSemaphore(2)  # others wait for their turn: each may use a gigabyte


class NotConverted(ZaakspoorError):
    """Van dit bestand kunnen wij geen PDF maken. Sla het in uw tekstprogramma op als PDF, en voeg die toe."""

    status = 422


def convertible(services: Services) -> tuple[str, ...]:
    """The codes of the formats of which this installation makes a PDF."""
    return (*OURS, *(code for code in BY_OFFICE if code not in OURS and office_program(services.settings)))


def convert(services: Services, upload: Upload) -> Upload:
    """The PDF of this file, in the store and of no case yet; the file itself stays as it is.

    Raises NotConverted with a sentence that names the file: what is wrong with it, and what to do.
    """
    return services.files.add(f"{PurePath(upload.name).stem}.pdf", PDF, [readable_copy(services, upload)])


def readable_copy(services: Services, upload: Upload) -> bytes:
    """The PDF of this file, for one reader: it is kept nowhere. Raises NotConverted."""
    content = _content(services, upload)
    kind = format_of(upload.name) or ""
    with AT_ONCE:
        made = _by_office(services, kind, upload.name, content) if kind in BY_OFFICE else None
        return made or _ask(upload.name, kind, content)


def text_of(services: Services, upload: Upload) -> str:
    """The plain text of a document of Word, which stays as it is.

    Raises NotConverted with a sentence that names the file: what is wrong with it, and what to do.
    """
    if format_of(upload.name) != "docx":
        raise NotConverted(f"'{upload.name}' is geen bestand van Word. Sla het op als docx.")
    content = _content(services, upload)
    with AT_ONCE:
        return _ask(upload.name, "docx", content, "text").decode()


def _content(services: Services, upload: Upload) -> bytes:
    if upload.locked:
        raise NotConverted(f"'{upload.name}' heeft een wachtwoord. Voeg een bestand zonder wachtwoord toe.")
    if format_of(upload.name) not in {*convertible(services), *PHOTOS}:
        raise NotConverted(f"Van '{upload.name}' kunnen wij geen PDF maken. {AS_PDF}")
    if upload.size > MOST_BYTES:
        raise NotConverted(f"'{upload.name}' is te groot om er een PDF van te maken. {AS_PDF}")
    return b"".join(services.files.read(upload.blob, upload.file_key))


def _by_office(services: Services, kind: str, name: str, content: bytes) -> bytes | None:
    """By LibreOffice; None where there is none. A document of Word with changes that are still open is refused first."""
    program = office_program(services.settings)
    if program is None:
        return None
    if kind == "docx":
        _ask(name, kind, content, "check")
    made = pdf_by_office(program, content, kind)
    if made is None:
        raise NotConverted(f"'{name}' is beschadigd, of LibreOffice kan er geen PDF van maken. {AS_PDF}")
    return made


def _ask(name: str, kind: str, content: bytes, *how: str) -> bytes:
    """The PDF of the child; with `text` the plain text, with `check` nothing, when there is nothing against it. Raises NotConverted."""
    asked = {"name": name, "kind": kind, "check": "check" in how, "text": "text" in how}
    head = json.dumps(asked).encode() + b"\n"
    answer = ask(CHILD, head + content, WAIT_SECONDS, str(SECONDS))
    if answer is None:
        raise NotConverted(f"'{name}' is beschadigd, of te groot om er een PDF van te maken. {AS_PDF}")
    told, _, made = answer.partition(b"\n")
    if wrong := json.loads(told)["wrong"]:
        raise NotConverted(wrong)
    return made
