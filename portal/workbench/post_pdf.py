"""Files of the post that become a PDF on their way into the dossier, because the archive takes nothing else (W10, W12): where staff tick it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from portal.chosen_files import kept_unless_refused
from portal.converting import as_pdf
from portal.received import Received
from processes.actions.post_handling import LEFT_OUT, WORDS, FiledPost
from processes.base.actor import Actor
from processes.base.dutch import enumeration, long_date
from processes.base.errors import ZaakspoorError
from processes.base.uploads import AS_PDF, Upload
from processes.post.converting import NotConverted, convert
from processes.reads import workbench as reads
from processes.storage.services import Services
from processes.storage.upload_room import note_uploads

NAME: Final = "Tekst van de mail"
GONE: Final = "Weggelaten: {names}. Daarin is een virus gevonden; deze bestanden zijn weggegooid."
OFFER: Final = "Dit document gaat naar het archief en moet een PDF zijn. Kruis aan dat wij er een PDF van maken."


@contextmanager
def filed_post(
    services: Services, actor: Actor, page: reads.PostItemPage, form: Received
) -> Iterator[tuple[tuple[FiledPost, ...], dict[str, str]]]:
    """The answer of the form for each file of the post, with the PDFs that were made, and a sentence at the field of each that could not
    be. When the form is refused they leave the store: the next press makes them again.
    """
    wrong = dict[str, str]()
    if page.words_alone:
        files = (*(FiledPost(line.id, LEFT_OUT) for line in page.files), _words(services, actor, page, form, wrong))
    else:
        files = tuple(_filed(services, actor, page, form, line, wrong) for line in page.files)
    with kept_unless_refused(services, [one.made for one in files if one.made]):
        yield files, wrong


def offering_pdf(page: reads.PostItemPage, errors: Mapping[str, str]) -> dict[str, str]:
    """The same sentences, but at a file of which we can make a PDF with where to press for that."""
    can = {f"type-{file.id}" for file in page.files if file.to_pdf}
    return {name: told.replace(AS_PDF, OFFER) if name in can else told for name, told in errors.items()}


def _filed(
    services: Services, actor: Actor, page: reads.PostItemPage, form: Received, line: reads.PostFileLine,
    wrong: dict[str, str],
) -> FiledPost:  # fmt: skip
    filed = FiledPost(line.id, form.one(f"type-{line.id}"), form.one(f"title-{line.id}"))
    if not (line.to_pdf and form.ticked(f"pdf-{line.id}")) or filed.type in {"", LEFT_OUT}:
        return filed
    try:
        return replace(
            filed, made=as_pdf(services, actor, reads.read_post_file(services, actor, page.id, line.id).file)
        )
    except NotConverted as error:
        wrong[f"type-{line.id}"] = str(error)
        return filed


def _words(
    services: Services, actor: Actor, page: reads.PostItemPage, form: Received, wrong: dict[str, str]
) -> FiledPost:
    """The words of a mail as a PDF, with the names of what was left out: all that can join the dossier when a virus was in every file."""
    filed = FiledPost(WORDS, form.one(f"type-{WORDS}"), form.one(f"title-{WORDS}"))
    if filed.type in {"", LEFT_OUT}:
        return filed
    try:
        return replace(filed, made=_made(services, actor, page))
    except NotConverted as error:
        wrong[f"type-{WORDS}"] = str(error)
        return filed


def _made(services: Services, actor: Actor, page: reads.PostItemPage) -> Upload:
    """Raises NotConverted, QuotaReached."""
    head = (("Van", page.sender), ("Onderwerp", page.subject), ("Ontvangen op", long_date(page.received_on)))
    gone = GONE.format(names=enumeration([f"'{one.file_name}'" for one in page.files]))
    told = [*(f"{name}: {said}" for name, said in head if said), "", page.words, "", gone]
    plain = services.files.add(f"{NAME}.txt", "text/plain", ["\n".join(told).encode()])
    try:
        made = convert(services, plain)
    finally:
        services.files.delete(plain.blob)
    try:
        note_uploads(services, actor, [made], made_here=True)
    except ZaakspoorError:
        services.files.delete(made.blob)
        raise
    return made
