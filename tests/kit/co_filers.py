"""A bezwaar that somebody files together with others: the action, the rows of who is named, and the code of each."""

from kit.cases import days_ago, rows, today
from kit.people import ILSE, TESS, citizen
from processes.access.letter_codes import code_of
from processes.actions import act
from processes.actions.filing_along import JoinFiling
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.base.actor import UNKNOWN_NAME
from processes.execution.co_filers import NamedPerson
from processes.storage.services import Services
from processes.storage.tables import CoFiler

ILSE_NAMED = NamedPerson("Ilse Namaak", "ilse@post.example")
BRAM_NAMED = NamedPerson("Bram van Proefhuizen")


def file_together(services: Services, *people: NamedPerson, who: NewParty = TESS, case_type: str = "bezwaar") -> str:
    """A case of `who` together with these people; its number."""
    decision = NewDecision("Weigering parkeervergunning", "PV-7", announced_on=days_ago(services, 10))
    action = RegisterCase(
        case_type,
        "portal",
        today(services),
        (who,),
        (decision,),
        {"grounds": "Ik woon hier al jaren"},
        co_filers=people,
    )
    return act(services, citizen(services, who), action)


def named(services: Services, name: str) -> CoFiler:
    """The newest row of who is called so."""
    return [row for row in rows(services, CoFiler) if row.name == name][-1]


def code_for(services: Services, name: str) -> str:
    """The code with which this person comes in."""
    code = code_of(services.secrets, named(services, name))
    assert code
    return code


def confirm(services: Services, who: NewParty = ILSE, name: str = "", code: str = "") -> str:
    """The answer to who signs in as `who` and confirms with the code of `name` (the own one)."""
    code = code or code_for(services, name or who.name)
    return act(
        services, citizen(services, who), JoinFiling(code, str(who.identity), who, named=who.name != UNKNOWN_NAME)
    )
