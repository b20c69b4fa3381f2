"""Files of the post that become a PDF on their way into the dossier, because the archive takes nothing else (W10, W12): where staff tick it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from portal.chosen_files import kept_unless_refused
from portal.converting import as_pdf
from portal.received import Received
from processes.actions.post_handling import LEFT_OUT, FiledPost
from processes.base.actor import Actor
from processes.base.uploads import AS_PDF
from processes.post.converting import NotConverted
from processes.reads import workbench as reads
from processes.storage.services import Services

OFFER: Final = "Dit document gaat naar het archief en moet een PDF zijn. Kruis aan dat wij er een PDF van maken."


@contextmanager
def filed_post(
    services: Services, actor: Actor, page: reads.PostItemPage, form: Received
) -> Iterator[tuple[tuple[FiledPost, ...], dict[str, str]]]:
    """The answer of the form for each file of the post, with the PDFs that were made, and a sentence at the field of each that could not
    be. When the form is refused they leave the store: the next press makes them again.
    """
    wrong = dict[str, str]()
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
        return replace(filed, made=as_pdf(services, actor, reads.read_post_file(services, actor, page.id, line.id)))
    except NotConverted as error:
        wrong[f"type-{line.id}"] = str(error)
        return filed
