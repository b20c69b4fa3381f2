"""A telephone call about a case, written down (W13): with whom, when, what was said, and what was agreed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from processes.access.guards import only_staff
from processes.actions.colleague_tasks import AskColleague, add_colleague_task, task_wrong, text_wrong
from processes.base.dutch import long_moment
from processes.base.errors import Invalid
from processes.execution.colleagues import involved, tell_colleagues
from processes.execution.unit_of_work import UnitOfWork
from processes.storage.tables import Case, NoteRow, Party
from processes.storage.words import NewsKind, NoteKind

LONGEST_SAID: Final = 5000  # characters; a longer story belongs in a document
LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class AddPhoneNote:
    """`party`: the id of a party, or None with the `name` of somebody else. `at` is local time. `follow`: what was agreed becomes this
    task for a colleague.
    """

    case: str
    party: int | None
    name: str
    phone: str
    at: datetime | None
    said: str
    agreed: str = ""
    follow: AskColleague | None = None


def add_phone_note(work: UnitOfWork, action: AddPhoneNote) -> str:
    """One entry of the timeline of staff, and a task where one follows. Raises Invalid per field; those of the task end in `-follow`."""
    only_staff(work.actor, system=False)
    case = work.lock_case(action.case)
    if wrong := _wrong(work, case, action):
        raise Invalid(wrong)
    note = NoteRow(
        case_id=case.id, kind=NoteKind.PHONE, party_id=action.party, author=work.actor.name, text=_text(action),
        at=work.now, read_by_handler=True,
    )  # fmt: skip
    work.session.add(note)
    work.session.flush()
    tell_colleagues(work, case, dict.fromkeys(involved(work, case), NewsKind.NOTE), note)
    work.audit(case.id, "phone_note", note=note.id)
    if action.follow is not None:
        add_colleague_task(work, case, action.follow)
    return case.number


def _wrong(work: UnitOfWork, case: Case, action: AddPhoneNote) -> dict[str, str]:
    wrong = text_wrong("said", action.said, "Schrijf op wat er is besproken.", LONGEST_SAID)
    party = work.session.get(Party, action.party) if action.party is not None else None
    if action.party is not None and (party is None or party.case_id != case.id):
        wrong["party"] = "Kies een betrokkene uit de lijst."
    elif action.party is None:
        wrong |= text_wrong("name", action.name, "Vul in met wie u belde.", LONGEST_NAME)
    if len(action.phone) > LONGEST_NAME:
        wrong["phone"] = f"Maak dit korter: hoogstens {LONGEST_NAME} tekens."
    if action.at is None or action.at > work.now:
        wrong["at"] = "Vul in wanneer u belde, tot en met nu."
    if len(action.agreed) > LONGEST_SAID:
        wrong["agreed"] = f"Maak dit korter: hoogstens {LONGEST_SAID} tekens."
    if action.follow is not None:
        wrong |= {f"{name}-follow": text for name, text in task_wrong(work, case, action.follow).items()}
    return wrong


def _text(action: AddPhoneNote) -> str:
    """The name of a party stands with the entry, as far as its reader may know it."""
    when = long_moment(action.at) if action.at else ""
    whom = [when, action.name.strip() if action.party is None else "", action.phone.strip()]
    agreed = f"Afgesproken: {action.agreed.strip()}" if action.agreed.strip() else ""
    return "\n".join(filter(None, [", ".join(filter(None, whom)), action.said.strip(), agreed]))
