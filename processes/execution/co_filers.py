"""People who are named as filing along (C2): which names are taken, how long each has to confirm, and the code of each.

Until somebody confirms by an own sign-in there is a row of `co_filer` and nothing else: no party, so no access, letter, task or count.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select

from processes.access.letter_codes import digest_of_salt, new_salt
from processes.access.visibility import shown_case
from processes.access.withdrawal import withdrawal_too_late
from processes.base.email_address import typed_address
from processes.base.folding import fold
from processes.base.typed_values import one_line
from processes.dated import JointTerms, joint_terms_on
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.root_instance import root_of
from processes.storage.tables import Case, CoFiler, FiledRow, Party
from processes.storage.words import CaseState, CoFilerState

MOST: Final = 10
PLACE: Final = "mede"  # of the fields on the form: mede-0-name, mede-0-email
LONGEST: Final = 200  # what the column holds
NOBODY: Final = "Vul in met wie u dit samen indient, of kies: voor mijzelf."
NO_NAME: Final = "Vul de naam in van wie meedoet, of haal deze persoon weg."
TOO_LONG: Final = f"Maak dit korter. Gebruik hoogstens {LONGEST} tekens."
TOO_MANY: Final = f"U kunt hoogstens {MOST} mensen noemen. Zijn het er meer? Stuur ons dan een lijst met handtekeningen mee als bijlage."
ONESELF: Final = "Dit bent u zelf. Noem hier alleen de anderen."
TWICE: Final = "Deze naam staat er al. Noem iedereen één keer."
NO_ADDRESS_IN_NAME: Final = "Schrijf hier alleen een naam, zonder webadres of e-mailadres."
ADDRESSED: Final = re.compile(r"[:/@\\<>\[\]{}|=%]|www\.|(?<=\w\w)\.(?=\w\w\w*$)", re.IGNORECASE)
LOOKS_LIKE_ADDRESS: Final = re.compile(r"[:/@\\<>\[\]{}|=%]+|(?<=\w\w)\.(?=\w\w)|\d{5,}")
LONGEST_IN_MAIL: Final = 80


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody who files along, as typed; without `email` the code goes by hand."""

    name: str
    email: str = ""


def named_wrong(people: Sequence[NamedPerson], me: str) -> dict[str, str]:
    """One sentence for each field that is not right, as `mede-0-name`; `me`: the name of who names them."""
    if not people:
        return {f"{PLACE}-0-name": NOBODY}
    if len(people) > MOST:
        return {f"{PLACE}-{MOST}-name": TOO_MANY}
    wrong, seen = dict[str, str](), {_known_as(me): ONESELF}
    for at, person in enumerate(people):
        typed_address(person.email, f"{PLACE}-{at}-email", wrong)
        name = one_line(person.name)
        if sentence := _name_wrong(name) or seen.get(_known_as(name)):
            wrong[f"{PLACE}-{at}-name"] = sentence
        seen.setdefault(_known_as(name), TWICE)
    return wrong


def _name_wrong(name: str) -> str:
    if not name or not _known_as(name):
        return NO_NAME
    if len(name) > LONGEST:
        return TOO_LONG
    return NO_ADDRESS_IN_NAME if ADDRESSED.search(name) else ""


def _known_as(name: str) -> tuple[str, ...]:
    """The words of a name, by which it is the same as another one."""
    return tuple(sorted(word for word in re.split(r"[\W_]+", fold(name)) if word))


def in_mail(name: str) -> str:
    """A name as it may stand in a mail to somebody whom we do not know: nothing in it can be followed or called."""
    return one_line(LOOKS_LIKE_ADDRESS.sub(" ", one_line(name)))[:LONGEST_IN_MAIL].strip()


def terms_of(work: UnitOfWork) -> JointTerms:
    """How long somebody has who is named or asked again now."""
    return joint_terms_on(work.services.law.shelf(work.session), work.today)


def give_code(work: UnitOfWork, row: CoFiler) -> None:
    """A new code, in place of the one before."""
    row.salt = new_salt()
    row.code = digest_of_salt(work.services.secrets, row.salt)


def settle(work: UnitOfWork, row: CoFiler, state: CoFilerState, *, by: str | None = None, reason: str = "") -> None:
    """Nothing is asked of this person any more: the code counts no longer. `by`: the number of a member of staff."""
    row.state, row.settled_at, row.settled_by, row.reason = state, work.now, by, reason


def over(work: UnitOfWork, case: Case) -> bool:
    """Whether nobody can join the case by an own sign-in any more: it ended, was decided, or is not shown on the portal."""
    model = work.deployed(case.model_version_id).model
    if case.state != CaseState.RUNNING or not shown_case(case, model):
        return True
    setting = model.withdrawal  # its last step is the one before which nothing is decided
    return setting is not None and withdrawal_too_late(work.session, root_of(work.session, case.id), setting)


def first_filing(case_id: int) -> Select[FiledRow]:
    """The form with which a case was begun: what who files along confirms."""
    begun = select(FiledRow).where(
        FiledRow.case_id == case_id, FiledRow.task_id.is_(None), FiledRow.delivery_id.is_(None)
    )
    return begun.order_by(FiledRow.filed_at).limit(1)


def named_by_in(work: UnitOfWork, row: CoFiler) -> Party:
    """The party who named this person."""
    return work.session.get_one(Party, row.named_by)
