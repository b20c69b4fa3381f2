"""A draft checked as an upload is: in a child process, with findings, and what differs from the version in use.

Both are told for each part of the case type that has a page of its own. A drawing that makes the reader hang takes only the child
down: the page then says so, and the draft stays as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from engine import Finding, Model
from engine.edits import Edit, ElementSettings, Files, drawing_of, folder_of, place_of, settings_of
from engine.vocabulary import PageGroup
from engine.words import Severity
from processes.base.actor import Actor
from processes.base.errors import NotFound
from processes.reads.admin.uploading import ShownFinding, UploadCheck, check_upload, reading_of
from processes.reads.studio.draft import DraftHead, read_draft_files
from processes.reads.studio.mendings import NOTHING_LEFT, edit_for, with_mendings
from processes.storage.services import Services

DRAWING_PART: Final = "Tekening"
REHEARSALS_PART: Final = "Repetities"
REHEARSALS_SLUG: Final = "repetities"
REHEARSALS: Final = "rehearsals/"  # what their files begin with
# the page of each part, behind the address of the draft
SLUGS: Final[Mapping[str, str]] = {
    PageGroup.GENERAL: "algemeen",
    PageGroup.STATUSES: "statussen",
    PageGroup.TERMS: "termijnen",
    PageGroup.REQUESTS: "verzoeken",
    PageGroup.POST: "brieven",
    PageGroup.FORMS: "formulieren",
    PageGroup.DOCUMENTS: "documentsoorten",
    PageGroup.RESULTS: "resultaten",
    PageGroup.PEOPLE: "rollen",
    PageGroup.BUTTONS: "knoppen",
}
DRAWING_SLUG: Final = "tekening"  # the page that draws
PAGES: Final[Mapping[str, str]] = {**SLUGS, DRAWING_PART: DRAWING_SLUG, REHEARSALS_PART: REHEARSALS_SLUG}
# the setting by which a part is counted
COUNTED: Final[Mapping[str, str]] = {
    PageGroup.STATUSES: "status", PageGroup.TERMS: "deadline", PageGroup.REQUESTS: "documentRequest",
    PageGroup.DOCUMENTS: "documentType", PageGroup.RESULTS: "resultType", PageGroup.BUTTONS: "onDemand",
}  # fmt: skip
# headings of the differences, by the part that they are about
OF_DIFFERENCE: Final[Mapping[str, str]] = {
    "Het zaaktype": PageGroup.GENERAL,
    "Statussen": PageGroup.STATUSES,
    "Termijnen": PageGroup.TERMS,
    "Mails en brieven": PageGroup.POST,
    "Formulieren": PageGroup.FORMS,
    "Gegevens": PageGroup.FORMS,
    "Documenttypen": PageGroup.DOCUMENTS,
    "Resultaten": PageGroup.RESULTS,
    "Banen": PageGroup.PEOPLE,
    "Controlelijst": PageGroup.PEOPLE,
    "Knoppen van de behandelaar": PageGroup.BUTTONS,
    "Repetities": REHEARSALS_PART,
}


@dataclass(frozen=True, slots=True)
class PartOfDraft:
    """One part of a case type. `slug` is its page, empty when it has none; `holds` how much there is, in words."""

    title: str
    slug: str
    holds: str
    changes: tuple[str, ...]
    findings: tuple[ShownFinding, ...]

    @property
    def errors(self) -> int:
        return sum(one.severity == Severity.ERROR for one in self.findings)


@dataclass(frozen=True, slots=True)
class DraftCheck:
    head: DraftHead
    check: UploadCheck
    parts: tuple[PartOfDraft, ...]

    @property
    def hangs(self) -> bool:
        """Whether the drawing could not be read within the limits."""
        return not self.check.finished

    def of_part(self, title: str) -> PartOfDraft:
        return next(part for part in self.parts if part.title == title)


def check_draft(services: Services, actor: Actor, name: str) -> DraftCheck:
    """The newest save of a draft, checked. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    return draft_check(services, actor, head, files)


def draft_check(services: Services, actor: Actor, head: DraftHead, files: Files) -> DraftCheck:
    """These files of a draft, checked."""
    check = check_upload(services, actor, folder_of(files))
    read = reading_of(check.folder.drawing) if check.readable else None
    elements = elements_of(files) if check.readable else ()
    if read and read.drawing:
        check = replace(check, findings=with_mendings(check.findings, files, read.drawing))
    placed = [(one, part_of_finding(one, elements)) for one in check.findings]
    titles = (*PageGroup, DRAWING_PART, REHEARSALS_PART)
    model = read.model if read else None
    counted = {title: _holds(title, model, files, elements) for title in titles}
    return DraftCheck(head, check, tuple(_part(title, check, placed, counted[title]) for title in titles))


def mending_for(services: Services, actor: Actor, name: str, key: str) -> tuple[str, Edit]:
    """The mending of the finding with this key, in words, and its edit. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    check = draft_check(services, actor, head, files).check
    drawing = reading_of(check.folder.drawing).drawing if check.readable else None
    wanted = next((one for one in check.findings if one.key == key), None)
    found = edit_for(wanted, files, drawing) if wanted and drawing else None
    if found is None:
        raise NotFound(NOTHING_LEFT)
    return found


def elements_of(files: Files) -> tuple[ElementSettings, ...]:
    """The elements of a drawing whose check came to an end, with their settings."""
    name = drawing_of(files)
    return _elements(name, files[name])


@lru_cache(maxsize=8)
def _elements(name: str, drawing: bytes) -> tuple[ElementSettings, ...]:
    return tuple(settings_of({name: drawing}))


def part_of_finding(finding: ShownFinding, elements: Sequence[ElementSettings]) -> str:
    """The part on whose page a finding stands; `elements` are those of the drawing, none when it cannot be read."""
    if finding.element.startswith(REHEARSALS):
        return REHEARSALS_PART
    element = finding.element or (elements[0].id if elements else "")
    told = Finding(element, Severity(finding.severity), finding.code, finding.message)
    return place_of(told, elements).group or DRAWING_PART


def unchecked_parts() -> tuple[PartOfDraft, ...]:
    """The parts that have a page, in the order of the menu, for a page of a draft that is not checked: nothing is known of what they hold."""
    return tuple(PartOfDraft(title, slug, "", (), ()) for title, slug in PAGES.items())


def _part(title: str, check: UploadCheck, placed: Sequence[tuple[ShownFinding, str]], holds: str) -> PartOfDraft:
    changes = [line for group in check.differences for line in group.lines if _of(group.heading) == title]
    found = [one for one, part in placed if part == title]
    return PartOfDraft(
        title,
        PAGES.get(title, ""),
        holds,
        tuple(changes),
        tuple(found),
    )


def _of(heading: str) -> str:
    return OF_DIFFERENCE.get(heading, DRAWING_PART)


def count_of(kind: str, elements: Sequence[ElementSettings]) -> str:
    """How many there are of a setting, the same on each page: `12`, or `12, op 16 plekken` when a drawing says some of them more than once."""
    there = [one for element in elements for one in element.settings if one.name == kind]
    inside = [one for element in elements for outer in element.settings for one in outer.inside if one.name == kind]
    coded = {one.values["code"] for one in (*there, *inside) if "code" in one.values}
    return f"{len(coded)}, op {len(there)} plekken" if 0 < len(coded) < len(there) else str(len(there))


def _holds(title: str, model: Model | None, files: Files, elements: Sequence[ElementSettings]) -> str:
    """How much there is of a part; nothing to say of a drawing that cannot be read."""
    kind = {PageGroup.POST: "mails/", PageGroup.FORMS: "forms/", REHEARSALS_PART: REHEARSALS}.get(title)
    if kind is not None:
        return str(sum(name.startswith(kind) for name in files))
    if model is None:
        return ""
    if title in COUNTED:
        return count_of(COUNTED[title], elements)
    rest = {PageGroup.PEOPLE: (model.roles, "baan", "banen"), DRAWING_PART: (model.elements, "onderdeel", "onderdelen")}
    if title not in rest:
        return ""
    found, one, more = rest[title]
    return f"{len(found)} {one if len(found) == 1 else more}"
