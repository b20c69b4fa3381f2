"""A document goes to one person, who reads it behind the own link (Awb 9:9). A mail says so."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.access.visibility import version_for_others
from processes.actions.documents import lock_document
from processes.base.errors import Invalid, NotNow
from processes.effects.persons import share, tell_shared
from processes.execution.hidden import refuse_hidden
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Party
from processes.storage.words import DocumentOrigin, DocumentState


@dataclass(frozen=True, slots=True)
class ShareWithPerson:
    document: str
    party: int


def share_with_person(work: UnitOfWork, action: ShareWithPerson) -> str:
    """The answer is the case number. Raises NotFound, Invalid without such a person, NotNow when it cannot be read."""
    only_staff(work.actor)
    document, case = lock_document(work, action.document)
    person = work.session.get(Party, action.party)
    personal = work.deployed(case.model_version_id).model.personal_roles()
    if person is None or person.case_id != case.id or person.role not in personal:
        raise Invalid({"person": "Kies iemand uit de lijst."})
    if not person.email:
        raise Invalid({"person": "Van deze betrokkene is geen e-mailadres bekend. Stuur het document per brief."})
    if document.state != DocumentState.ACCEPTED:
        raise NotNow("Alleen stukken die zijn aangenomen, kunnen naar een betrokkene.")
    if document.origin == DocumentOrigin.SYSTEM and document.party_id != person.id:
        raise NotNow("Deze brief is voor iemand anders en noemt diens adres. Deel hem niet.")
    if case.departments_until is not None and work.today > case.departments_until:
        raise NotNow("De zaak is afgerond en de link werkt niet meer. Stuur het document op een andere manier.")
    refuse_hidden(document if document.party_id == person.id else version_for_others(work.session, document))
    if share(work, case, document, person):
        tell_shared(work, case, document, person)
    return case.number
