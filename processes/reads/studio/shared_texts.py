"""The texts of a draft as a reader without a role gets them: part by part, in words, each under the place where it is changed.

A place is what follows the address of the draft on the pages of the administrator, such as `statussen/instelling/Intake/status.0`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from engine import Element, Model
from engine.edits import DrawnSetting, ElementSettings, Files, path_text
from engine.vocabulary import PageGroup
from processes.post.templates import TemplateError, parse_template, render, split_template
from processes.reads.studio.draft_check import COUNTED, SLUGS, count_of
from processes.reads.studio.forms import FOLDER
from processes.reads.studio.mail_names import names_for
from processes.reads.studio.open_draft import place_of
from processes.reads.studio.setting_fields import Offers, fields_of, in_words
from processes.reads.studio.setting_lines import in_form, title_of
from processes.reads.studio.shared_forms import of_forms
from processes.reads.studio.shared_text import Line, SharedText

MAILS: Final = "mails/"
SETTINGS: Final = (
    PageGroup.GENERAL, PageGroup.STATUSES, PageGroup.TERMS, PageGroup.REQUESTS, PageGroup.DOCUMENTS, PageGroup.RESULTS,
    PageGroup.BUTTONS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SharedPart:
    """One part of a draft; `slug` is its address."""

    slug: str
    title: str
    texts: tuple[SharedText, ...]
    count: str = ""  # how many settings of its kind there are, as the pages of the administrator say it

    @property
    def groups(self) -> tuple["SharedGroup", ...]:
        """The texts in order, those of one group together; each with its number among the texts."""
        found: dict[str, list[tuple[int, SharedText]]] = {}
        for number, text in enumerate(self.texts):
            found.setdefault(text.group or text.place, []).append((number, text))
        return tuple(SharedGroup(tuple(texts)) for texts in found.values())


@dataclass(frozen=True, slots=True)
class SharedGroup:
    """A text, or the texts of one form. `texts`: each with its number among the texts of the part."""

    texts: tuple[tuple[int, SharedText], ...]

    @property
    def title(self) -> str:
        first = self.texts[0][1]
        return first.group or first.title

    @property
    def brief(self) -> str:
        """Its contents: the first words of a text, or how many questions and texts a form has."""
        first = self.texts[0][1]
        if not first.group:
            return first.brief
        number = sum(not text.summary for _, text in self.texts)
        return "1 vraag of tekst" if number == 1 else f"{number} vragen en teksten"


def shared_parts(
    elements: tuple[ElementSettings, ...], offers: Offers, files: Files, model: Model | None
) -> tuple[SharedPart, ...]:
    """Every part with texts. The drawing must have been checked; without elements only mails and forms are given."""
    found: dict[str, tuple[SharedText, ...]] = {part: tuple(_of_settings(elements, offers, part)) for part in SETTINGS}
    found[PageGroup.STATUSES] = tuple(sorted(found[PageGroup.STATUSES], key=_order_of_status(elements)))
    found[PageGroup.POST] = tuple(_of_mails(_in_order(files, MAILS, elements, model), files, model))
    found[PageGroup.FORMS] = tuple(of_forms(_in_order(files, FOLDER, elements, model), files, model))
    counts = {part: count_of(kind, elements) for part, kind in COUNTED.items()}
    return tuple(SharedPart(SLUGS[part], part, found[part], counts.get(part, "")) for part in SLUGS if found.get(part))


def _in_order(files: Files, folder: str, elements: tuple[ElementSettings, ...], model: Model | None) -> tuple[str, ...]:
    """The files of a folder in the order in which a case comes to them; those that no step names at the end, by name."""
    first: dict[str, int] = {}
    for at, element in enumerate(elements):
        drawn = model.elements.get(element.id) if model else None
        for name in _named_by(drawn) if drawn else ():
            first.setdefault(name.removesuffix(".json"), at)
    found = [one for one in files if one.startswith(folder)]
    return tuple(
        sorted(found, key=lambda one: (first.get(one.removeprefix(folder).rpartition(".")[0], len(elements)), one))
    )


def _named_by(element: Element) -> Iterator[str]:
    """The form and the texts that a step names."""
    if element.form:
        yield element.form
    if element.mail:
        yield element.mail.template
    if element.request:
        yield element.request.mail


def _order_of_status(elements: tuple[ElementSettings, ...]) -> Callable[[SharedText], int]:
    """Statuses stand in the order in which people see them."""
    orders = {
        f"{SLUGS[PageGroup.STATUSES]}/instelling/{element.id}/{path_text(one.path)}": one.values.get("order", "")
        for element in elements
        for one in element.settings
    }
    return lambda text: int(order) if (order := orders.get(text.place, "")).isdigit() else 0


def _of_settings(elements: tuple[ElementSettings, ...], offers: Offers, part: str) -> Iterator[SharedText]:
    for element in elements:
        for setting in element.settings:
            if setting.shape.group == part and (lines := tuple(_lines(setting, offers))):
                place = f"{SLUGS[part]}/instelling/{element.id}/{path_text(setting.path)}"
                title = f"{setting.shape.label}: {title_of(element, setting, offers)}"
                yield SharedText(place, title, place_of(element), lines)


def _lines(setting: DrawnSetting, offers: Offers, before: str = "") -> Iterator[Line]:
    """The fields of a setting that tell something, and those of the settings in it."""
    for field in fields_of(setting.shape, setting, offers):
        if field.value and not field.plain:
            yield f"{before}{field.label}", in_words(field)
    for one in setting.inside:
        if not in_form(setting, one):
            yield from _lines(one, offers, f"{one.shape.label}, ")


def _of_mails(order: Sequence[str], files: Files, model: Model | None) -> Iterator[SharedText]:
    for file in order:
        name = file.removeprefix(MAILS).removesuffix(".txt")
        examples: Mapping[str, object] = {one.name: one.example for one in names_for(model, name)} if model else {}
        yield SharedText(f"brieven/tekst/{name}", f"Brief of mail '{name}'", "", tuple(_mail(files[file], examples)))


def _mail(content: bytes, examples: Mapping[str, object]) -> Iterator[Line]:
    """The subject and the text with invented examples filled in; of a template that cannot be read the text as it is."""
    try:
        subject, body = split_template(content)
        used = parse_template(subject).names() | parse_template(body).names()
        shown = render(content, {**{name: f"[{name}]" for name in used}, **examples})
    except TemplateError:
        yield "", content.decode("utf-8", "replace")
        return
    yield "Onderwerp", shown.subject
    yield "", shown.body
