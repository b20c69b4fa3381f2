"""What only the tests of the workbench begin with."""

from dataclasses import replace

from kit import people
from kit.cases import rows
from kit.documents import stored
from kit.people import department

from processes.actions import act
from processes.actions.delivering import Deliver
from processes.actions.filing import NewDocument
from processes.storage.services import Services
from processes.storage.tables import Dossier

BRAM = replace(people.BRAM, channel="post", address="Dorpsweg 1\n1234 AB Voorbeeldstad")


def deliver(services: Services, *names: str, remark: str = "") -> None:
    """The department Parkeren sends documents through its link."""
    (dossier,) = rows(services, Dossier)
    documents = tuple(NewDocument(stored(services, name), "underlying", name) for name in names)
    act(
        services,
        department(services, dossier.id),
        Deliver(services.secrets.link_token(dossier.salt), documents, remark),
    )
