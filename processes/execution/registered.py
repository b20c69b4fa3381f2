"""A party as typed, beside the register: whether the number is that of this person, and what the register says of the address and death.

Only staff are asked: a citizen comes with the number and the name that the sign-in gave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sqlalchemy import Select, bindparam, select

from processes.base.actor import ActorKind
from processes.base.registers import Registered, RegisterSilent, same_name
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.citizens import index_of
from processes.storage.tables import Party
from processes.storage.words import PartyKind

SURE: Final = "sure"  # the tick under which staff say that number and name are right although they differ
CHECK: Final = "Controleer het nummer en de naam. Klopt het toch? Kruis dat hieronder aan."
NO_SUCH_BRANCH: Final = "Volgens het register heeft dit bedrijf geen vestiging met dit nummer. Controleer het nummer."
CHECK_BRANCH: Final = "Controleer het vestigingsnummer. Klopt het toch? Kruis dat hieronder aan."
NAMES_LOOKED_AT: Final = 50  # of other cases: who files more often is known well enough by these


class Numbered(Protocol):
    """A party as somebody typed it."""

    @property
    def name(self) -> str: ...
    @property
    def identity(self) -> str | None: ...
    @property
    def sure(self) -> bool: ...


class Branched(Numbered, Protocol):
    """The same of a company, with the number of the one branch that it is about, or an empty text."""

    @property
    def kind(self) -> str: ...
    @property
    def branch(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Flags:
    """`secret_address` and `deceased` as the register has them."""

    secret_address: bool = False
    deceased: bool = False


def flags_of(work: UnitOfWork, identity: str | None) -> Flags:
    """The flags of a number; none for a number that no register holds, or while the register says nothing."""
    found = _found(work, identity) if identity else None
    return Flags(found.secret_address, found.deceased) if found else Flags()


def compares_here(work: UnitOfWork) -> bool:
    """Whether a number that this actor types is compared with the names in our own cases: staff, without a register."""
    return work.services.registers is None and work.actor.kind == ActorKind.STAFF


def names_under() -> Select[str]:
    """The names under the number with the index `identity`, newest first, without that of the row with the id `but`."""
    mine = (Party.identity_index == bindparam("identity"), Party.id != bindparam("but"))
    return select(Party.name).where(*mine).order_by(Party.id.desc()).limit(NAMES_LOOKED_AT)


def number_wrong(
    work: UnitOfWork, party: Numbered, place: str, row_id: int = 0, *, names: Sequence[str] | None = None
) -> dict[str, str]:
    """A sentence at `<place>-sure` when the number seems to be of somebody else; nothing once staff confirmed it. `row_id`: of the party
    itself, when it stands in a case already; `names`: those of `names_under`, when they were asked before.
    """
    if not party.identity or party.sure or not party.name.strip() or work.actor.kind != ActorKind.STAFF:
        return {}
    told, sentence = _in_register(work, party.identity, party.name)
    if not told:
        found = _names_here(work, party.identity, row_id) if names is None else names
        sentence = _differs_here(party.identity, party.name, found)
    return {f"{place}-{SURE}": sentence} if sentence else {}


def branch_wrong(work: UnitOfWork, party: Branched, place: str) -> dict[str, str]:
    """Sentences by field, as `<place>-branch`, for the branch of a company that staff typed; of one that the register does not have also
    at `<place>-sure`, until staff confirm it.
    """
    if not party.branch or work.actor.kind != ActorKind.STAFF:
        return {}
    kind, _, number = (party.identity or "").partition(":")
    if party.kind != PartyKind.COMPANY:
        return {f"{place}-branch": "Alleen een organisatie heeft vestigingen. Maak dit veld leeg, of kies Organisatie."}
    if kind != "kvk":
        return {f"{place}-branch": "Vul ook het KvK-nummer in: een vestiging is van een bedrijf."}
    if party.sure or _has_branch(work, number, party.branch):
        return {}
    return {f"{place}-branch": NO_SUCH_BRANCH, f"{place}-{SURE}": CHECK_BRANCH}


def _has_branch(work: UnitOfWork, kvk: str, branch: str) -> bool:
    """Whether the register has it, or says nothing."""
    try:
        return work.services.registers is None or work.services.registers.has_branch(kvk, branch)
    except RegisterSilent:
        return True


def _in_register(work: UnitOfWork, identity: str, name: str) -> tuple[bool, str | None]:
    """Whether a register answers for this number, and what is wrong."""
    kind, registers = _kind(identity), work.services.registers
    if registers is None or not registers.knows(identity):
        return False, None
    try:
        found = registers.find(identity)
    except RegisterSilent:
        return False, None
    if found is None:
        return True, f"Dit {kind} staat niet in het register. {CHECK}"
    if same_name(name, found.names, found.family):
        return True, None
    return True, f"Volgens het register is dit {kind} van {found.name}. {CHECK}"


def _names_here(work: UnitOfWork, identity: str, row_id: int) -> Sequence[str]:
    index = index_of(work.session, work.services.secrets, identity)
    return work.session.scalars(names_under(), {"identity": index, "but": row_id}).all()


def _differs_here(identity: str, name: str, known: Sequence[str]) -> str | None:
    """By the names in our own cases. Which they are is not told: such a case may be closed to the reader."""
    if not known or any(same_name(name, [one]) for one in known):
        return None
    return f"In een andere zaak staat bij dit {_kind(identity)} een andere naam. {CHECK}"


def _kind(identity: str) -> str:
    return {"bsn": "BSN", "kvk": "KvK-nummer"}.get(identity.partition(":")[0], "nummer")


def _found(work: UnitOfWork, identity: str) -> Registered | None:
    try:
        return work.services.registers.find(identity) if work.services.registers else None
    except RegisterSilent:
        return None
