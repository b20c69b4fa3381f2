"""A worker ends the link of a dossier, or gives its owner another one: a dossier has one link that works, or none."""

from dataclasses import dataclass

from processes.access.guards import only_staff
from processes.base.errors import NotFound, NotNow
from processes.execution.unit_of_work import UnitOfWork
from processes.post.dossier_links import end_link, mail_link, owner_in_words, replace_link
from processes.post.refusals import send_by_post
from processes.storage.tables import Case, Dossier, NoticeRow

CLOSED = "De zaak is afgerond en afdelingen kunnen er niet meer in. Een nieuwe link zou niet werken."


@dataclass(frozen=True, slots=True)
class RevokeLink:
    """The link of one department, or one person, to one dossier stops working at once. What waits with it is not sent; a
    letter that it would have announced goes by post.
    """

    dossier: int


@dataclass(frozen=True, slots=True)
class NewLink:
    """The owner of a dossier gets another link by mail. The earlier one stops, and mails that wait carry the new one."""

    dossier: int


def revoke_link(work: UnitOfWork, action: RevokeLink) -> str:
    """The answer is the number of the case. Raises NotFound."""
    case, dossier = _dossier(work, action.dossier)
    if dossier.revoked_at is not None:
        return case.number
    stopped = end_link(work, case, dossier)
    for mail in stopped:
        notice = work.session.get(NoticeRow, mail.notice_id) if mail.notice_id else None
        if notice is not None:
            send_by_post(work, case, notice)
    mails = f" Niet verstuurd: {', '.join(repr(mail.subject) for mail in stopped)}." if stopped else ""
    work.own_note(case.id, f"De link van {owner_in_words(work, dossier)} is ingetrokken, zonder nieuwe link.{mails}")
    return case.number


def new_link(work: UnitOfWork, action: NewLink) -> str:
    """The answer is the number of the case. Raises NotFound, and NotNow for a dossier that nobody may open any more and for a
    person without an address.
    """
    case, dossier = _dossier(work, action.dossier)
    if case.departments_until is not None and work.today > case.departments_until:
        raise NotNow(CLOSED)
    replace_link(work, case, dossier)
    mail_link(work, case, dossier)
    work.own_note(
        case.id,
        f"{_first_upper(owner_in_words(work, dossier))} kreeg een nieuwe link per e-mail. De vorige werkt niet meer.",
    )
    return case.number


def _dossier(work: UnitOfWork, dossier_id: int) -> tuple[Case, Dossier]:
    only_staff(work.actor)
    dossier = work.session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound("Dit dossier bestaat niet.")
    case = work.lock_case_id(dossier.case_id)
    work.session.refresh(dossier)
    return case, dossier


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:]
