"""Mails and letters of a draft: the list, one to edit with the names it may use, and a preview with invented examples."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine import Model
from engine.edits import Files
from engine.lint.mails import original_of
from engine.lint.templates import DOCUMENT_GIVEN, DOCUMENT_TAKEN_BACK
from engine.translating import name_in
from engine.words import Language
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.post.document_mails import OURS
from processes.post.templates import Rendered, TemplateError, parse_template, render, split_template
from processes.reads.admin.uploading import ShownFinding, reading_of
from processes.reads.admin.words import KINDS
from processes.reads.studio.draft import read_draft_files
from processes.reads.studio.draft_check import DraftCheck, draft_check
from processes.reads.studio.mail_names import TemplateName, names_for
from processes.storage.services import Services

FOLDER = "mails/"
SUFFIX = ".txt"
PLAYED = "rehearsals/"
FIXED_PLACES = {
    DOCUMENT_GIVEN: "als een document klaarstaat voor een afdeling",
    DOCUMENT_TAKEN_BACK: "als een document van een afdeling is teruggenomen",
}


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail or letter. `places`: the steps of the drawing that send it; none when nothing does."""

    name: str
    subject: str
    places: tuple[str, ...]
    findings: tuple[ShownFinding, ...]
    english: bool = False  # whether there is an English text beside it

    @property
    def file(self) -> str:
        return f"{FOLDER}{self.name}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class MailToEdit:
    """`text` is the whole file: the line with the subject, an empty line, the text; `english` the file beside it."""

    name: str
    text: str
    line: MailLine
    names: tuple[TemplateName, ...]
    english: str = ""
    rehearsals: tuple[str, ...] = ()  # the recorded ones, in which it may have gone out


def read_mails(services: Services, actor: Actor, name: str) -> tuple[DraftCheck, tuple[MailLine, ...]]:
    """Every mail and letter of a draft, by name. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    checked = draft_check(services, actor, head, files)
    model = _model(checked)
    return checked, tuple(_line(one, files, model, checked) for one in sorted(files) if is_original(one, files))


def is_original(file: str, files: Files) -> bool:
    """Whether a file of a draft is a mail or letter by itself, and not the text of another one in English."""
    if not file.startswith(FOLDER):
        return False
    name = file.removeprefix(FOLDER)
    return original_of(name) == name or f"{FOLDER}{original_of(name)}" not in files


def read_mail(services: Services, actor: Actor, name: str, mail: str) -> tuple[DraftCheck, MailToEdit]:
    """One mail or letter of a draft. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    file = f"{FOLDER}{mail}{SUFFIX}"
    if file not in files:
        raise NotFound("Deze brief of mail is er niet (meer). Kijk bij 'Brieven en mails' welke er zijn.")
    checked = draft_check(services, actor, head, files)
    model = _model(checked)
    names = names_for(model, mail) if model else ()
    english = files.get(english_of(file), b"")
    line = _line(file, files, model, checked)
    played = tuple(one.removeprefix(PLAYED).removesuffix(".yaml") for one in sorted(files) if one.startswith(PLAYED))
    return checked, MailToEdit(mail, _text(files[file]), line, names, _text(english), played)


def english_of(file: str) -> str:
    """The file that holds the English text of a mail or letter."""
    return name_in(file, Language.ENGLISH)


def begun_text(mail: str, otherwise: str) -> str:
    """The text that a new mail begins with: of a fixed name the one that goes out as long as the case type has none."""
    return OURS[mail].decode() if mail in OURS else otherwise


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace").replace("\r\n", "\n")


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


def _line(file: str, files: Files, model: Model | None, checked: DraftCheck) -> MailLine:
    name, english = file.removeprefix(FOLDER).removesuffix(SUFFIX), english_of(file)
    first = files[file].decode("utf-8", "replace").partition("\n")[0]
    found = tuple(one for one in checked.check.findings if one.element in {file, english})
    subject = first.removeprefix("Onderwerp:").strip()
    return MailLine(name, subject, tuple(_places(name, model)), found, english in files)


def _places(name: str, model: Model | None) -> list[str]:
    if model is None:
        return []
    places = [
        f"{KINDS.get(one.kind, 'stap')} '{' '.join(one.name.split()) or one.id}'"
        for one in model.elements.values()
        if (one.mail and one.mail.template == name) or (one.request and one.request.mail == name)
    ]
    return [
        *([FIXED_PLACES[name]] if name in FIXED_PLACES and model.case_type else []),
        *places,
        *(f"knop '{one.label}'" for one in model.on_demand.values() if one.request and one.request.mail == name),
    ]
