"""Every case type, played to its end and met by each of its parties: what a page, letter or mail speaks of can be opened (C6, J3),
in Dutch and in English.

Whoever signs in goes along every link from Mijn zaken. The decision is among what they find: its letter, and the result with what was explained.
"""

import html
import re
from urllib.parse import urlsplit

import pytest
from kit.browser import Browser
from kit.installation import BASE
from kit.played import Played, played
from sqlalchemy import select

from processes.access.visibility import shown_case
from processes.base.actor import Actor, ActorKind
from processes.post.letters import make_letter
from processes.storage.tables import Case, MailRow, NoticeRow, Party
from processes.storage.words import CaseState, PostChannel

ENDS = [
    ("bezwaar", "commissie.yaml"), ("bezwaar", "derde-belanghebbende.yaml"), ("bezwaar", "twee-indieners.yaml"),
    ("beroep", "hoofdpad.yaml"), ("voorlopige-voorziening", "hoofdpad.yaml"), ("woo-verzoek", "deels-met-zienswijzen.yaml"),
    ("klacht", "gesprek.yaml"), ("juridisch-advies", "hoofdpad.yaml"), ("ingebrekestelling", "dwangsom.yaml"),
]  # fmt: skip
OURS = re.compile(r"^/mijn(/zaken/|/documenten/|/taken/|$)")
MOST = 200  # addresses of one party


def links(page: str) -> set[str]:
    """The addresses of the citizen's own pages on a page, without what stands behind a #."""
    found = {html.unescape(one).partition("#")[0] for one in re.findall(r'href="([^"]+)"', page)}
    return {one for one in found if OURS.match(one.partition("?")[0])}


def told(page: str) -> set[str]:
    """The addresses of our own pages that a letter or mail names."""
    return {urlsplit(one.rstrip(".,;:)")).path for one in re.findall(r"https?://\S+/mijn/\S+", page)}


def walk(person: Browser, first: set[str]) -> dict[str, str]:
    """Every page that this person comes to, by address; a file counts with an empty page."""
    todo, seen = sorted(first), dict[str, str]()
    while todo and len(seen) < MOST:
        address = todo.pop()
        if address in seen:
            continue
        answer = person.client.get(address)
        assert answer.status_code == 200, f"{address} is told of and answers {answer.status_code}"
        is_page = answer.headers["content-type"].startswith("text/html")
        seen[address] = html.unescape(answer.text) if is_page else ""
        todo += sorted(links(answer.text) - set(seen)) if is_page else []
    return seen


def _without_language(address: str) -> str:
    return re.sub(r"[?&]taal=(nl|en)", "", address)


def readers(made: Played) -> list[Party]:
    signed_in = select(Party).where(Party.identity_index.is_not(None), Party.left_on.is_(None)).order_by(Party.id)
    return list(made.session.scalars(signed_in))


@pytest.mark.parametrize(("case_type", "name"), ENDS)
def test_c6_j3_each_party_opens_all_that_is_told_and_finds_how_it_ended(case_type: str, name: str) -> None:
    with played(case_type, name) as made:
        parties, notices = readers(made), list(made.session.scalars(select(NoticeRow)))
        cases = {case.id: case for case in made.session.scalars(select(Case))}
        shown = {case.id: shown_case(case, made.services.models.version(made.session, case.model_version_id).model)
                 for case in cases.values()}  # fmt: skip
        mails = [(mail.recipient, mail.body) for mail in made.session.scalars(select(MailRow))]
        made.session.commit()  # SQLite knows one transaction at a time
        for notice in notices:
            make_letter(made.services, {"notice": notice.id})
        assert parties
        for party in parties:
            case = cases[party.case_id]
            person = Browser(made.services, Actor(ActorKind.CITIZEN, str(party.identity_index), party.name))
            mine = [one for one in notices if one.party_id == party.id and one.sent_on]
            first = {"/mijn", *(address for one in mine for address in told(one.body))}
            first |= {address for to, body in mails if party.email and to == party.email for address in told(body)}
            pages = walk(person, {one for one in first if OURS.match(one)})
            person.get("/mijn?taal=en")
            english = walk(person, {one for one in first if OURS.match(one)})
            assert {_without_language(one) for one in english} == {_without_language(one) for one in pages}
            assert [one for one, page in english.items() if page and '<html lang="en"' not in page] == []
            if not shown[case.id]:
                assert not [address for address, text in pages.items() if case.number in address + text]
                continue
            page = pages[f"/mijn/zaken/{case.number}"]
            for one in mine:
                letter = pages[f"/mijn/zaken/{case.number}/brieven/{one.id}"]
                for enclosed in one.enclosures or ():
                    apart = not enclosed["joined"] and one.channel == PostChannel.PORTAL and enclosed["document"]
                    assert not apart or f"/mijn/documenten/{enclosed['document']}" in letter, enclosed["title"]
            if case.state == CaseState.CLOSED and case.result:
                assert 'id="resultaat"' in page
                assert not case.result_explanation or case.result_explanation.split("\n")[0] in page


def test_the_walk_notices_a_document_that_is_not_there() -> None:
    with played("klacht", "gesprek.yaml") as made:
        (party, *_) = readers(made)
        made.session.commit()
        person = Browser(made.services, Actor(ActorKind.CITIZEN, str(party.identity_index), party.name))
        with pytest.raises(AssertionError, match="answers 404"):
            walk(person, {"/mijn/documenten/nergens"})
    assert told(f"Lees {BASE}/mijn/zaken/BZW-1.") == {"/mijn/zaken/BZW-1"}
