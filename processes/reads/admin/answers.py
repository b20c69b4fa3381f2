"""Onbekende antwoorden: what came in at the return address and is no notice of a machine about a mail that is known."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.reads.mail_answers import AnswerLine, answers_to_read
from processes.reads.opening import reading
from processes.storage.services import Services

MOST = 100


@dataclass(frozen=True, slots=True)
class AnswersPage:
    """The oldest MOST; `more` says that there are others. `days`: how long an answer is kept."""

    answers: tuple[AnswerLine, ...]
    more: bool
    read: bool  # whether there is a mailbox that is read
    days: int


def read_answers(services: Services, actor: Actor) -> AnswersPage:
    """Raises NotAllowed for anybody but an administrator."""
    only_staff(actor, (StaffRole.ADMIN,))
    with reading(services) as (session, _):
        found = answers_to_read(session, actor, MOST + 1)
    settings = services.settings
    return AnswersPage(tuple(found[:MOST]), len(found) > MOST, bool(settings.bounce_mailbox), settings.answer_days)
