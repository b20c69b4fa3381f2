"""The page that asks the names of a copy, and the texts of a draft that still name the case type it was copied from."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import NotFound
from processes.reads.admin.models import read_models
from processes.reads.studio.draft import read_draft_files
from processes.storage.services import Services
from processes.studio.copying import NewNames, OldNamePlace, naming


@dataclass(frozen=True, slots=True)
class CopyPage:
    """The case type that is copied, and a proposal for what the copy is called."""

    process: str
    title: str
    version: int
    proposal: NewNames


def read_copy(services: Services, actor: Actor, process: str) -> CopyPage:
    """Raises NotFound for what is no case type in use."""
    only_staff(actor, (StaffRole.ADMIN,))
    found = next(
        (one for one in read_models(services, actor, counted=False) if one.process == process and one.is_case_type),
        None,
    )
    if found is None:
        raise NotFound("Dit zaaktype bestaat niet.")
    return CopyPage(process, found.title, found.newest.version, NewNames(f"{found.title} over ", f"{process}-", ""))


def places_of_old_name(services: Services, actor: Actor, name: str) -> tuple[OldNamePlace, ...]:
    """Texts of a draft that still name the case type of which it is a copy. Raises NotFound."""
    head, files = read_draft_files(services, actor, name)
    found = next((one for one in read_models(services, actor, counted=False) if one.process == head.copied_from), None)
    return naming(files, found.title, head.title) if found else ()
