"""The networks from which a department may open its link (O4): those of all departments, and within them its own; and the
departments that are asked for a code as well.
"""

from sqlalchemy.orm import Session

from processes.access.mailbox import may_come_from_here, same_mailbox
from processes.base.errors import NotAllowed
from processes.base.visitor import read_mailboxes
from processes.storage.departments import mailbox_of
from processes.storage.tables import DepartmentRow, Dossier


class OutsideNetwork(NotAllowed):
    """Deze pagina is alleen te openen vanaf het netwerk van de gemeente. Werkt u ergens anders? Maak dan eerst
    verbinding met het netwerk van de gemeente (VPN) en open de link in de mail opnieuw. De link blijft geldig.
    """


def only_from_own_network(session: Session, dossier: Dossier) -> None:
    """Raises OutsideNetwork for a visitor from outside the networks of the department whose dossier it is, when it has any."""
    department = session.get(DepartmentRow, dossier.department) if dossier.department else None
    if department is not None and not may_come_from_here(department):
        raise OutsideNetwork


class CodeNeeded(NotAllowed):
    """Deze afdeling vraagt naast de link ook een code. Vraag de code aan; hij komt in het postvak van de afdeling."""


def only_after_code(session: Session, dossier: Dossier) -> None:
    """Raises CodeNeeded where the department is always asked for a code and this visitor showed none to its mailbox."""
    department = session.get(DepartmentRow, dossier.department) if dossier.department else None
    if department is None or not department.always_code:
        return
    if same_mailbox(mailbox_of(session, department).email) not in read_mailboxes():
        raise CodeNeeded
