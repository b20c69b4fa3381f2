"""Letters that wait to be sent follow their reader: another name, address or way, or nobody who can read them any more.

Only what was not sent yet changes. A letter by post counts as sent on the day that a worker fills in, so until then it is made
again. What was sent stays as it was. Mails and links: `processes.post.unsent_mails`.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import select

from processes.execution.case_execution import CaseExecution
from processes.execution.fact_days import SENT
from processes.execution.following_facts import follow
from processes.execution.letter_codes import end_codes
from processes.execution.unit_of_work import UnitOfWork
from processes.post.channels import CHANNELS, channel_for, leave
from processes.post.dossier_links import end_link
from processes.post.unsent_mails import DECEASED, follow_link, follow_mails, own_dossier, stop_mail, unsent_mails
from processes.storage.tables import Case, DocumentRow, MailRow, NoticeRow, Party
from processes.storage.words import DocumentState, OutboxKind, PostChannel

LEFT: Final = "Niet verstuurd: deze betrokkene hoort niet meer bij de zaak."
REPLACED: Final = "Niet verstuurd: er is een brief met de juiste gegevens gemaakt."
CODE_MOVED: Final = "De code die bij deze brief hoorde, werkt niet meer."
SEEN_IN_LETTER: Final = frozenset({"name", "address", "secret_address"})


def follow_party(work: UnitOfWork, case: Case, party: Party, was: Mapping[str, Any]) -> list[str]:
    """Bring what waits for this party up to date. `was` holds what changed, by column, as it was before. The answer is one
    Dutch sentence for each thing that was done.
    """
    said = follow_link(work, case, party) if "email" in was else []
    said += _letters(work, case, party, was)
    return said + follow_mails(work, case, party, was)


def hand_over(work: UnitOfWork, case: Case, old: Party, new: Sequence[Party]) -> list[str]:
    """Letters that wait for `old` go to `new` instead: to the first of them as they are, to each other as one more letter. A code with
    such a letter is for `old` alone, so it does not count any more.
    """
    said = []
    for notice in unsent_letters(work, case, old):
        had_code = end_codes(work, old, notice)
        copies = [notice, *(_copy(work, notice) for _ in new[1:])]
        for row, party in zip(copies, new, strict=False):
            _call(row, old.name, party.name)
            row.party_id = party.id
            _on_its_way(work, case, party, row, again=True)
        if new:
            said.append(f"De brief '{notice.subject}' gaat nu naar {', '.join(map(_named, new))}.")
        else:
            _stop(work, notice, LEFT)
            said.append(f"De brief '{notice.subject}' wordt niet verstuurd.")
        if had_code:
            said.append(CODE_MOVED)
    return said


def _named(party: Party) -> str:
    return "de betrokkene" if party.confidential else party.name


def leave_post(work: UnitOfWork, case: Case, party: Party) -> None:
    """Somebody who left gets no mail that waits, and the own link is dead from now on."""
    for mail in unsent_mails(work, case, party, party.email):
        stop_mail(mail, LEFT, work)
    dossier = own_dossier(work, case, party)
    if dossier is not None and dossier.revoked_at is None:
        end_link(work, case, dossier)


def unsent_letters(work: UnitOfWork, case: Case, party: Party) -> Sequence[NoticeRow]:
    """Letters to a party that still have to be printed and sent."""
    mine = (NoticeRow.case_id == case.id, NoticeRow.party_id == party.id)
    waiting = select(NoticeRow).where(*mine, NoticeRow.sent_on.is_(None), NoticeRow.stopped.is_(None))
    return work.session.scalars(waiting.order_by(NoticeRow.id)).all()


def make_again_with(work: UnitOfWork, case: Case, documents: Collection[str]) -> list[str]:
    """Letters that still have to be sent with one of these documents joined are made again; the answer are their subjects."""
    waiting = select(NoticeRow).where(
        NoticeRow.case_id == case.id, NoticeRow.sent_on.is_(None), NoticeRow.stopped.is_(None), NoticeRow.held.is_(None)
    )  # fmt: skip
    rows = work.session.scalars(waiting.order_by(NoticeRow.id)).all()
    joined = [row for row in rows if not {one["document"] for one in row.enclosures or ()}.isdisjoint(documents)]
    for notice in joined:
        _make_again(work, notice)
    return [notice.subject for notice in joined]


def _letters(work: UnitOfWork, case: Case, party: Party, was: Mapping[str, Any]) -> list[str]:
    if "deceased" in was and not party.deceased:
        _let_go(work, case, party)
    waiting = unsent_letters(work, case, party)
    if "deceased" in was and party.deceased:
        for notice in waiting:
            _stop(work, notice, DECEASED)
        return [f"De brief '{notice.subject}' is niet verstuurd." for notice in waiting]
    if not {*SEEN_IN_LETTER, "channel"} & was.keys():
        return []
    for notice in waiting:
        if "name" in was:
            _call(notice, str(was["name"]), party.name)
        if notice.held is None:  # what is held has no PDF yet, and takes the way of that moment once it leaves
            _on_its_way(work, case, party, notice, again=bool(SEEN_IN_LETTER & was.keys()))
    return [f"De brief '{notice.subject}' volgt." for notice in waiting]


def _let_go(work: UnitOfWork, case: Case, party: Party) -> None:
    """The death was a mistake: what it stopped is still to be sent."""
    mine = (NoticeRow.case_id == case.id, NoticeRow.party_id == party.id, NoticeRow.stopped == DECEASED)
    for notice in work.session.scalars(select(NoticeRow).where(*mine).order_by(NoticeRow.id)).all():
        notice.stopped = None
        if notice.held is None:
            _terms_follow(work, notice)
            _on_its_way(work, case, party, notice, again=True)


def _on_its_way(work: UnitOfWork, case: Case, party: Party, notice: NoticeRow, *, again: bool) -> None:
    """Send a letter by the way that its reader has now; `again`: what stands in the PDF is no longer right. One that is held goes
    its way once the handler lets it go.
    """
    if notice.held is not None:
        return
    model = work.deployed(case.model_version_id).model
    channel = channel_for(case, model, party)
    other_way = channel != notice.channel
    notice.channel = channel
    if again or other_way:
        _make_again(work, notice)
    if other_way and CHANNELS[PostChannel(channel)].at_once:
        leave(work, case, party, notice, again=f"{notice.id}:{work.now.isoformat()}")
        _terms_follow(work, notice)


def _make_again(work: UnitOfWork, notice: NoticeRow) -> None:
    """The PDF with the old words goes for good: it never left, and may hold an address that is secret now. One that is still
    to be made reads the new words by itself.
    """
    _forget_letter(work, notice)
    work.enqueue(
        OutboxKind.LETTER, f"letter:{notice.id}:{work.now.timestamp():.6f}", {"notice": notice.id}, notice.case_id
    )


def _forget_letter(work: UnitOfWork, notice: NoticeRow) -> None:
    document = work.session.get(DocumentRow, notice.document_id) if notice.document_id else None
    notice.document_id = None
    if document is None:
        return
    if document.blob:
        work.enqueue(OutboxKind.FORGET_BLOB, f"replaced:{document.id}", {"blob": document.blob}, notice.case_id)
    document.state, document.on_portal, document.audience, document.party_id = DocumentState.ERASED, False, "none", None
    document.hidden, document.hidden_found, document.shows_at, document.version_why = None, None, None, None
    document.blob, document.file_key, document.size, document.to_departments = "", None, 0, []
    document.refusal = REPLACED


def _stop(work: UnitOfWork, notice: NoticeRow, why: str) -> None:
    notice.stopped = why
    _terms_follow(work, notice)
    _forget_letter(work, notice)
    announcing = select(MailRow).where(MailRow.notice_id == notice.id, MailRow.sent_at.is_(None))
    for mail in work.session.scalars(announcing).all():
        stop_mail(mail, why, work)


def _terms_follow(work: UnitOfWork, notice: NoticeRow) -> None:
    """A term that waits for this letter looks again."""
    follow(CaseExecution.of(work, work.session.get_one(Case, notice.case_id)), SENT, notice.id)


def _call(notice: NoticeRow, was: str, name: str) -> None:
    """Another name in the text, and in the one of the template that it is compared with."""
    notice.body = notice.body.replace(was, name)
    if notice.translation:
        notice.translation = {**notice.translation, "body": notice.translation["body"].replace(was, name)}
    if notice.held and "made" in notice.held:
        notice.held = {**notice.held, "made": notice.held["made"].replace(was, name)}


def _copy(work: UnitOfWork, notice: NoticeRow) -> NoticeRow:
    row = NoticeRow(
        case_id=notice.case_id, party_id=notice.party_id, template=notice.template, element=notice.element,
        channel=notice.channel, subject=notice.subject, body=notice.body, translation=notice.translation, document_type=notice.document_type,
        created_at=work.now, frame=notice.frame, enclosures=notice.enclosures, held=notice.held, letter_id=notice.letter_id,
    )  # fmt: skip
    work.session.add(row)
    work.session.flush()
    return row
