"""/werk/zaken/<number>/concept/<letter>/word: the text of a letter that waits as a document of Word, out and in (W9)."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from portal.doors import RowId, TheServices, row_id
from portal.downloads import send_document
from portal.received import Received
from portal.security.looking import saw
from portal.uploads import MEGABYTE, one_file, receive_few
from portal.workbench.doors import Worker
from portal.workbench.letter_drafts import draft_page
from processes.base.errors import Invalid, NotFound
from processes.post.converting import NotConverted, text_of
from processes.post.converting.docx_writing import DOCX, docx_of
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.upload_room import let_go

router = APIRouter(prefix="/zaken/{number}/concept/{letter}")
LARGEST = 10 * MEGABYTE


async def word_form(request: Request) -> Received:
    """The form with one document of Word."""
    return await receive_few(request, max_bytes=LARGEST, formats=("docx",))


WordForm = Annotated[Received, Depends(word_form)]


@router.get("/word")
def out(request: Request, actor: Worker, services: TheServices, number: str, letter: RowId, voor: str = "") -> Response:
    """The text of the group of this copy."""
    page = reads.read_letter_draft(services, actor, number, letter)
    wanted = row_id(voor)
    text = next((one for one in page.texts if any(copy.id == wanted for copy in one.copies)), None)
    if text is None or text.hidden:
        raise NotFound
    saw(request, page.head.number, "letter_draft")
    content = docx_of(text.text)
    return send_document([content], f"{page.head.number}-brief-{page.id}.docx", DOCX, len(content))


@router.post("/word")
def come_in(
    request: Request, actor: Worker, form: WordForm, services: TheServices, number: str, letter: RowId
) -> Response:
    """Puts what stands in the document into the field of its group, to be read and kept."""
    mark = form.one("mark")
    try:
        text = _text(services, form)
    except (Invalid, NotConverted) as error:
        said = error.fields["file"] if isinstance(error, Invalid) else str(error)
        return draft_page(request, services, actor, number, letter, errors={f"file{mark}": said}, typed=form)
    typed = Received({**form.fields, f"text{mark}": [text]})
    said = "De tekst uit Word staat hieronder. Lees hem na en bewaar hem."
    return draft_page(request, services, actor, number, letter, typed=typed, said=said)


def _text(services: Services, form: Received) -> str:
    upload = one_file(form, "Kies eerst een bestand van Word (docx).")
    try:
        return text_of(services, upload)
    finally:
        let_go(services, form.uploads)
