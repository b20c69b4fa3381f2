"""What only the tests of the workbench begin with."""

from dataclasses import replace

from kit import people
from kit.cases import BEZWAAR, add_departments, put_in_use, rows, today
from kit.documents import stored
from kit.people import ADA, NOOR, SEM, department, known

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.actions.post_room import NewPost, TakeInPost
from processes.storage.services import Services
from processes.storage.tables import Dossier, PostFile

BRAM = replace(people.BRAM, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")


def furnish(services: Services) -> None:
    """Bezwaar is in use, and staff have signed in before."""
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren", "vergunningen")
    for actor in (NOOR, SEM, ADA):
        known(services, actor)


def deliver(services: Services, *names: str, remark: str = "") -> None:
    """The department Parkeren sends documents through its link."""
    (dossier,) = rows(services, Dossier)
    documents = tuple(NewDocument(stored(services, name), "underlying", name) for name in names)
    act(
        services,
        department(services, dossier.id),
        Deliver(services.secrets.link_token(dossier.salt), documents, remark),
    )


def brought(services: Services, *names: str, **known: object) -> list[int]:
    """Pieces of post of one file each; their ids."""
    pieces = tuple(NewPost("post", today(services), (stored(services, name),), **known) for name in names)
    return [int(one) for one in act(services, NOOR, TakeInPost(pieces)).split()]


def file_of(services: Services, item: int) -> int:
    (file,) = rows(services, PostFile, item_id=item)
    return file.id
