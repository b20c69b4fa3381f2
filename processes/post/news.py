"""News by mail (D20-D23): a service to who asked for it. Formal notices do not go this way."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select

from engine.words import Audience
from processes.access.visibility import shown_case
from processes.execution.unit_of_work import UnitOfWork
from processes.post.queue import queue_mail
from processes.post.standard.citizens import NEWS
from processes.post.standard.in_english import mail_for
from processes.post.templates import render
from processes.storage.tables import Case, DocumentRow, Party, PersonProfile
from processes.storage.words import CitizenNews

KIND_OF: Final[Mapping[str, CitizenNews]] = {
    "status": CitizenNews.STATUS,
    "document": CitizenNews.DOCUMENTS,
    "inspection": CitizenNews.DOCUMENTS,
    "inspection_added": CitizenNews.DOCUMENTS,
    "removed": CitizenNews.DOCUMENTS,
    "reply": CitizenNews.MESSAGES,
}


def tell_readers(work: UnitOfWork, case: Case, document: DocumentRow, kind: str, key: str) -> None:
    """Tell news about one document, as `tell_parties` does, to those parties only that may see the document."""
    tell_of_all(work, case, [document], kind, key)


def tell_of_all(work: UnitOfWork, case: Case, documents: Iterable[DocumentRow], kind: str, key: str) -> None:
    """The same about several documents at once: one mail to each party that may see at least one of them."""
    audiences = {(one.audience, one.party_id) for one in documents}
    if any(audience == Audience.PARTIES for audience, _ in audiences):
        tell_parties(work, case, kind, key)
        return
    readers = set[int]()
    for audience, party in audiences:
        mine = Party.id == party if audience == Audience.OWN else Party.filing
        for one, speaks in work.session.execute(
            select(Party.id, Party.represented_by).where(Party.case_id == case.id, mine)
        ):
            readers |= {one, speaks} if speaks else {one}  # who speaks for somebody sees the same
    for reader in sorted(readers):
        tell_parties(work, case, kind, key, only=reader)


def tell_parties(work: UnitOfWork, case: Case, kind: str, key: str, only: int | None = None) -> None:
    """Queue news for every party (or the one with id `only`) that has news on, may see the case and did not withdraw. None for who
    acted by a mandate, which may be over by now.

    `kind` is a key of NEWS, `key` makes the mail unique within the case.
    """
    if not shown_case(case, work.deployed(case.model_version_id).model):
        return
    parties = select(Party, PersonProfile).join(PersonProfile, PersonProfile.identity_index == Party.identity_index)
    known = (PersonProfile.email.is_not(None), PersonProfile.email_unconfirmed.is_(False))
    mine = (Party.case_id == case.id, Party.withdrawn_on.is_(None), Party.by_mandate.is_(False))
    wanted = parties.where(*mine, PersonProfile.news_by_mail, *known)
    for party, profile in work.session.execute(wanted):
        if party.deceased or party.left_on or not profile.email or (only is not None and party.id != only):
            continue
        page = f"{work.services.settings.public_url}/mijn/zaken/{case.number}"
        if profile.news_kinds is not None and KIND_OF[kind] not in profile.news_kinds:
            continue
        words = {"case.number": case.number, "recipient.name": party.name, "link": page}
        text = render(mail_for(NEWS[kind], party.language), words, party.language)
        queue_mail(
            work, case, f"news-{kind}", profile.email, text.subject, text.body, f"{case.id}:{key}:{party.id}",
            digest=profile.news_daily, language=text.language,
        )  # fmt: skip
