"""A draft that is open: its check, its elements with their settings, and how each of these is found and called."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from engine import Model
from engine.edits import DrawnSetting, ElementSettings, Files, SettingPath
from engine.sentences import KnownName, known_names
from processes.base.actor import Actor
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.reads.admin.models import read_models
from processes.reads.admin.uploading import reading_of
from processes.reads.opening import reading
from processes.reads.studio.draft import DraftHead, read_draft_files
from processes.reads.studio.draft_check import SLUGS, DraftCheck, draft_check, elements_of
from processes.reads.studio.setting_fields import Offers
from processes.storage.services import Services

PROCESS_KIND = "process"
LANE = "lane"
WHOLE_PROCESS = "het hele zaaktype"
GONE = "Deze instelling is er niet (meer). Misschien haalde iemand haar intussen weg. Kijk in de lijst."


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A draft with its check, its elements with their settings, and what these may name."""

    checked: DraftCheck
    elements: tuple[ElementSettings, ...]
    offers: Offers

    @property
    def files(self) -> Files:
        return self.offers.files

    @property
    def model(self) -> Model | None:
        """The drawing as it is read; None when it cannot be."""
        check = self.checked.check
        return reading_of(check.folder.drawing).model if check.readable else None


def opened_draft(services: Services, actor: Actor, name: str) -> OpenDraft:
    """The newest save of a draft; without elements when it cannot be read. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    return open_files(services, actor, head, files)


def open_files(services: Services, actor: Actor, head: DraftHead, files: Files) -> OpenDraft:
    """One save of a draft; without elements when it cannot be read."""
    checked = draft_check(services, actor, head, files)
    # what the child did not finish may not be read here either
    elements = elements_of(files) if checked.check.readable else ()
    processes = {one.process: one.title for one in read_models(services, actor, counted=False)}
    with reading(services) as (session, now):
        book = services.law.book(session)
        book = replace(book, rules=book.rules_on(local_date(now)))
    return OpenDraft(checked, elements, Offers(elements, files, processes, book, _names(checked)))


def _names(checked: DraftCheck) -> Mapping[str, KnownName]:
    """The facts that a sentence of this draft may name; none when it cannot be read."""
    model = reading_of(checked.check.folder.drawing).model if checked.check.readable else None
    return known_names(model) if model else {}


def part_of(slug: str) -> str:
    """The part whose page this is. Raises NotFound."""
    found = next((part for part, one in SLUGS.items() if one == slug), None)
    if found is None:
        raise NotFound
    return found


def found_element(elements: Sequence[ElementSettings], id_: str) -> ElementSettings:
    """Raises NotFound."""
    found = next((one for one in elements if one.id == id_), None)
    if found is None:
        raise NotFound("Dit onderdeel staat niet (meer) in de tekening.")
    return found


def place_of(element: ElementSettings) -> str:
    """Where it stands, in words: `taak 'Intake', baan 'Behandelaar'`."""
    if element.kind == PROCESS_KIND:
        return WHOLE_PROCESS
    lane = f", baan '{element.lane}'" if element.lane else ""
    return f"{element.said}{lane}"


def setting_at(element: ElementSettings, path: SettingPath) -> DrawnSetting:
    """The setting at this path on an element. Raises NotFound."""
    settings = element.settings
    found = None
    for step in path:
        found = next((one for one in settings if one.path[-1] == step), None)
        if found is None:
            raise NotFound(GONE)
        settings = found.inside
    if found is None:
        raise NotFound(GONE)
    return found
