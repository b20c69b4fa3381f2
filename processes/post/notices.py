"""Formal notices (Awb 2:14, 3:41): to each party by its own channel, whatever that party chose about news by mail."""

from processes.corridor.advance import Run
from processes.database.tables import Instance, NoteRow, NoticeRow, Party
from processes.post.queue import queue_mail
from processes.post.recipients import correspondents
from processes.post.standard import AVAILABLE
from processes.post.templates import render
from processes.post.wording import Words, template_of, words_of
from processes.reads.visibility import shown_case


def send_notices(
    run: Run, instance: Instance, element: str, template: str, to: str, document_type: str, only: int | None = None
) -> None:
    """One notice for each correspondent, or for `only` this party; its letter is made after the commit.

    A deceased party gets none.
    """
    words = words_of(run, instance)
    source = template_of(template, run.work.deployed(instance.model_version_id), run.root)
    for party in correspondents(run.work, run.case, to, only):
        _send(run, party, element, template, document_type, source, words)


def send_standard(run: Run, template: str, source: bytes, words: Words, to: str = "parties") -> None:
    """As send_notices, with a text of the product itself under the name `template`."""
    known = {"case.number": run.case.number, "organisation.name": run.work.house.settings.organisation}
    for party in correspondents(run.work, run.case, to):
        _send(run, party, template, template, "correspondence", source, {**known, **words})


def _send(run: Run, party: Party, element: str, template: str, document_type: str, source: bytes, words: Words) -> None:
    if party.deceased:
        _ask_for_heirs(run, party)
    else:
        _notice(run, party, element, template, document_type, source, words)


def _notice(
    run: Run, party: Party, element: str, template: str, document_type: str, source: bytes, words: Words
) -> None:
    work, case = run.work, run.case
    made = render(source, {**words, "recipient.name": party.name, "link": _page(run)})
    # what the portal does not show has not reached anybody there: then it goes by post
    channel = party.channel if shown_case(case, run.root.model) else "post"
    notice = NoticeRow(
        case_id=case.id, party_id=party.id, template=template, element=element, channel=channel,
        subject=made.subject, body=made.body, document_type=document_type, created_at=work.now,
        sent_on=work.today if channel == "portal" else None,
    )  # fmt: skip
    work.session.add(notice)
    work.session.flush()
    work.enqueue("letter", f"letter:{notice.id}", {"notice": notice.id}, case.id)
    if channel == "portal" and party.email:
        text = render(AVAILABLE, {"case.number": case.number, "recipient.name": party.name, "link": _page(run)})
        queue_mail(work, case, template, party.email, text.subject, text.body, f"notice:{notice.id}")


def _page(run: Run) -> str:
    return f"{run.work.house.settings.public_url}/mijn/zaken/{run.case.number}"


def _ask_for_heirs(run: Run, party: Party) -> None:
    text = f"Geen brief aan {party.name}: deze persoon is overleden. Vraag wie de erfgenamen zijn."
    run.work.session.add(
        NoteRow(case_id=run.case.id, kind="note", author="Zaakspoor", text=text, at=run.work.now, party_id=party.id)
    )
