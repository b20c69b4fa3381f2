"""A draft checked as an upload is: in a child process, with findings, and what differs from the version in use.

Both are told for each part of the case type that has a page of its own. A drawing that makes the reader hang takes only the child
down: the page then says so, and the draft stays as it is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine import Model
from engine.edits import Files, folder_of
from engine.vocabulary import PageGroup
from engine.words import Severity
from processes.base.actor import Actor
from processes.reads.admin.uploading import ShownFinding, UploadCheck, check_upload, reading_of
from processes.reads.studio.draft import DraftHead, read_draft_files
from processes.storage.services import Services

DRAWING_PART: Final = "Tekening"
REHEARSALS_PART: Final = "Repetities"
REHEARSALS_SLUG: Final = "repetities"
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
# the first that a code of a finding begins with, or that its element begins with
OF_FINDING: Final = (
    ("forms/", PageGroup.FORMS), ("mails/", PageGroup.POST), ("rehearsals/", REHEARSALS_PART),
    ("form-", PageGroup.FORMS), ("unknown-form", PageGroup.FORMS), ("task-without-form", PageGroup.FORMS),
    ("mail-", PageGroup.POST), ("template-", PageGroup.POST), ("letter-", PageGroup.POST), ("unknown-mail", PageGroup.POST),
    ("unknown-recipient", PageGroup.POST), ("promise-", PageGroup.POST), ("enclosure-", PageGroup.POST),
    ("status-", PageGroup.STATUSES),
    ("deadline-", PageGroup.TERMS), ("law-rule-", PageGroup.TERMS), ("unknown-deadline", PageGroup.TERMS),
    ("unknown-law-rule", PageGroup.TERMS), ("unknown-variant", PageGroup.TERMS), ("retired-variant", PageGroup.TERMS),
    ("suspension-", PageGroup.TERMS), ("extension-", PageGroup.TERMS), ("consent-", PageGroup.TERMS),
    ("unknown-document-type", PageGroup.DOCUMENTS), ("unknown-format", PageGroup.DOCUMENTS), ("archive-format", PageGroup.DOCUMENTS),
    ("unknown-result-type", PageGroup.RESULTS), ("unknown-retention-rule", PageGroup.RESULTS),
    ("reminder-", PageGroup.REQUESTS), ("person-cannot-deliver", PageGroup.REQUESTS),
    ("task-without-role", PageGroup.PEOPLE), ("unknown-party", PageGroup.PEOPLE), ("committee-without-lane", PageGroup.PEOPLE),
    ("procedure-missing", PageGroup.GENERAL),
)  # fmt: skip
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
    model = reading_of(check.folder.drawing).model if check.readable else None
    titles = (*PageGroup, DRAWING_PART, REHEARSALS_PART)
    return DraftCheck(head, check, tuple(_part(title, check, model, files) for title in titles))


def part_of_finding(finding: ShownFinding) -> str:
    """The part on whose page a finding stands."""
    for begin, part in OF_FINDING:
        if finding.element.startswith(begin) or finding.code.startswith(begin):
            return part
    return DRAWING_PART


def _part(title: str, check: UploadCheck, model: Model | None, files: Files) -> PartOfDraft:
    changes = [line for group in check.differences for line in group.lines if _of(group.heading) == title]
    found = [one for one in check.findings if part_of_finding(one) == title]
    return PartOfDraft(
        title,
        {**SLUGS, DRAWING_PART: DRAWING_SLUG, REHEARSALS_PART: REHEARSALS_SLUG}.get(title, ""),
        _holds(title, model, files),
        tuple(changes),
        tuple(found),
    )


def _of(heading: str) -> str:
    return OF_DIFFERENCE.get(heading, DRAWING_PART)


def _holds(title: str, model: Model | None, files: Files) -> str:
    """How much there is of a part; nothing to say of a drawing that cannot be read."""
    kind = {PageGroup.POST: "mails/", PageGroup.FORMS: "forms/", REHEARSALS_PART: "rehearsals/"}.get(title)
    if kind is not None:
        return str(sum(name.startswith(kind) for name in files))
    counted: Mapping[str, Callable[[Model], Iterable[object]]] = {
        PageGroup.STATUSES: lambda one: one.statuses(),
        PageGroup.TERMS: lambda one: one.deadlines,
        PageGroup.REQUESTS: lambda one: [element for element in one.elements.values() if element.request],
        PageGroup.DOCUMENTS: lambda one: one.document_types,
        PageGroup.RESULTS: lambda one: one.result_types,
        PageGroup.PEOPLE: lambda one: one.roles,
        PageGroup.BUTTONS: lambda one: one.on_demand,
        DRAWING_PART: lambda one: one.elements,
    }
    return str(len(list(counted[title](model)))) if model and title in counted else ""
