"""Mails and letters of a draft: the list, one to edit with the names it may use, and a preview with invented examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import Model
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.post.templates import Rendered, TemplateError, parse_template, render, split_template
from processes.reads.admin.uploading import ShownFinding, reading_of
from processes.reads.admin.words import KINDS
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.reads.studio.mail_names import TemplateName, names_for
from processes.storage.services import Services

FOLDER = "mails/"
SUFFIX = ".txt"


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail or letter. `places`: the steps of the drawing that send it; none when nothing does."""

    name: str
    subject: str
    places: tuple[str, ...]
    findings: tuple[ShownFinding, ...]

    @property
    def file(self) -> str:
        return f"{FOLDER}{self.name}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class MailToEdit:
    """`text` is the whole file: the line with the subject, an empty line, the text."""

    name: str
    text: str
    line: MailLine
    names: tuple[TemplateName, ...]


def read_mails(services: Services, actor: Actor, name: str) -> tuple[DraftCheck, tuple[MailLine, ...]]:
    """Every mail and letter of a draft, by name. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    model = _model(checked)
    mails = [one for one in sorted(files) if one.startswith(FOLDER)]
    return checked, tuple(_line(one, files[one], model, checked) for one in mails)


def read_mail(services: Services, actor: Actor, name: str, mail: str) -> tuple[DraftCheck, MailToEdit]:
    """One mail or letter of a draft. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    file = f"{FOLDER}{mail}{SUFFIX}"
    if file not in files:
        raise NotFound("Deze brief of mail is er niet (meer). Kijk bij 'Brieven en mails' welke er zijn.")
    checked = draft_check(services, actor, head, files)
    model = _model(checked)
    text = files[file].decode("utf-8", "replace").replace("\r\n", "\n")
    names = names_for(model) if model else ()
    return checked, MailToEdit(mail, text, _line(file, files[file], model, checked), names)


def preview_of(text: str, names: tuple[TemplateName, ...]) -> Rendered | str:
    """The text with the examples filled in, or the sentence that says why it cannot be shown."""
    examples: Mapping[str, object] = {one.name: one.example for one in names}
    try:
        subject, body = split_template(text.encode())
        used = parse_template(subject).names() | parse_template(body).names()
        return render(text.encode(), {**{name: f"[{name}]" for name in used}, **examples})
    except TemplateError as error:
        return str(error)


def _model(checked: DraftCheck) -> Model | None:
    return reading_of(checked.check.folder.drawing).model if checked.check.readable else None


def _line(file: str, content: bytes, model: Model | None, checked: DraftCheck) -> MailLine:
    name = file.removeprefix(FOLDER).removesuffix(SUFFIX)
    first = content.decode("utf-8", "replace").partition("\n")[0]
    found = tuple(one for one in checked.check.findings if one.element == file)
    return MailLine(name, first.removeprefix("Onderwerp:").strip(), tuple(_places(name, model)), found)


def _places(name: str, model: Model | None) -> list[str]:
    if model is None:
        return []
    places = [
        f"{KINDS.get(one.kind, 'stap')} '{' '.join(one.name.split()) or one.id}'"
        for one in model.elements.values()
        if (one.mail and one.mail.template == name) or (one.request and one.request.mail == name)
    ]
    return [
        *places,
        *(f"knop '{one.label}'" for one in model.on_demand.values() if one.request and one.request.mail == name),
    ]
