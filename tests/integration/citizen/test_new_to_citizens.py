"""What a citizen did not open yet is marked, on the case and on Mijn zaken, until it was opened (C7)."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from citizen_kit import ILSE, TESS, Browser, add, change, register
from kit.cases import rows
from kit.people import NOOR
from kit.statements import statements
from sqlalchemy import insert

from processes.actions import act
from processes.actions.messages import Reply
from processes.storage.own_looks import NewsBegins, OwnLooks, Things, own_looks
from processes.storage.session import downgrade, upgrade
from processes.storage.tables import Case, LookRow, NoticeRow, Party

Open = Callable[[str], Browser]
NEW = "zs-new"


def answer(tess: Browser, number: str, text: str) -> None:
    (party,) = rows(tess.services, Party)
    act(tess.services, NOOR, Reply(number, party.id, text))


def new_at(page: str) -> list[str]:
    """The titles of the papers that the page marks as new."""
    marked = re.findall(r'<li class="zs-is-new">(.*?)</li>', page, re.DOTALL)
    return [re.sub(r"<[^>]*>|\s+", " ", one).split(" downloaden")[0].split(" Nieuw")[0].strip() for one in marked]


def test_c7_a_letter_is_new_until_its_reader_opened_it(tess: Browser) -> None:
    number = register(tess.services, TESS)
    (notice,) = rows(tess.services, NoticeRow)
    assert new_at(tess.get(f"/mijn/zaken/{number}")) == [notice.subject]
    assert "(1 nieuw)" in tess.html
    tess.get(f"/mijn/zaken/{number}/brieven/{notice.id}")
    assert new_at(tess.get(f"/mijn/zaken/{number}")) == []
    assert "nieuw)" not in tess.html


def test_c7_a_document_is_new_until_its_reader_opened_it_and_an_own_one_never(tess: Browser) -> None:
    number = register(tess.services, TESS)
    document = add(tess.services, number, "underlying", "Rapport", shown=True)
    page = tess.get(f"/mijn/zaken/{number}")
    assert "Rapport" in new_at(page)
    assert not [title for title in new_at(page) if title.startswith("Bezwaarschrift")]  # her own
    assert "Stukken van de zaak" in page
    assert tess.client.get(f"/mijn/documenten/{document}").status_code == 200
    assert "Rapport" not in new_at(tess.get(f"/mijn/zaken/{number}"))


def test_c7_an_answer_is_new_on_the_page_that_shows_it_first(tess: Browser) -> None:
    number = register(tess.services, TESS)
    answer(tess, number, "Ja, dat mag.")
    assert NEW in tess.get(f"/mijn/zaken/{number}").partition('id="berichten"')[2]
    assert NEW not in tess.get(f"/mijn/zaken/{number}").partition('id="berichten"')[2]
    answer(tess, number, "En uw zus ook.")
    after = tess.get(f"/mijn/zaken/{number}").partition('id="berichten"')[2]
    assert after.count(NEW) == 1
    assert [look.kind for look in rows(tess.services, LookRow)] == ["message", "message"]


def test_c7_each_party_has_marks_of_its_own(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS, ILSE)
    document = add(tess.services, number, "underlying", "Rapport", shown=True)
    tess.client.get(f"/mijn/documenten/{document}")
    assert "Rapport" not in new_at(tess.get(f"/mijn/zaken/{number}"))
    assert "Rapport" in new_at(browser(ILSE).get(f"/mijn/zaken/{number}"))


def test_c7_tiles_say_how_much_is_new_and_the_first_page_lists_it_over_all_cases(tess: Browser) -> None:
    first, second = register(tess.services, TESS), register(tess.services, TESS, subject="Kapvergunning")
    document = add(tess.services, second, "underlying", "Rapport", shown=True)
    letters = {row.case_id: row for row in rows(tess.services, NoticeRow)}
    page = tess.get("/mijn")
    assert "Nieuw voor u" in page
    assert f'href="/mijn/documenten/{document}"' in page
    assert page.count("/brieven/") == len(letters) == 2
    tiles = {number: page.partition(f'zs-tile__link" href="/mijn/zaken/{number}')[2].partition("</li>")[0]
             for number in (first, second)}  # fmt: skip
    assert "1 nieuw" in tiles[first]
    assert "2 nieuw" in tiles[second]
    tess.client.get(f"/mijn/documenten/{document}")
    for row in letters.values():
        for number in (first, second):
            tess.client.get(f"/mijn/zaken/{number}/brieven/{row.id}")
    assert NEW not in tess.get("/mijn")
    assert "Nieuw voor u" not in tess.html


def test_c7_nothing_is_new_that_somebody_may_not_see(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS)
    add(tess.services, number, "withheld", "Geheim stuk", shown=True)
    add(tess.services, number, "underlying", "Niet aangevinkt", shown=False)
    page = tess.get("/mijn")
    assert "Nieuw voor u" in page  # the letter
    for hidden in ("Geheim stuk", "Niet aangevinkt"):
        assert hidden not in page
    assert "Nieuw voor u" not in browser(ILSE).get("/mijn")


@pytest.mark.parametrize("looks", [True, False])
def test_c7_what_was_there_before_its_looks_were_written_down_is_new_to_nobody(tess: Browser, looks: bool) -> None:
    services, number = tess.services, register(tess.services, TESS)
    answer(tess, number, "Een oud antwoord.")
    if looks:  # an installation that wrote down looks at letters already, and not yet those at messages
        change(
            services,
            insert(LookRow).values(
                at=services.clock.now(), who_kind="staff", who="noor", case_id=1, kind="case", part=""
            ),
        )
    downgrade(services.settings.database, "0080")
    upgrade(services.settings.database)
    tess = Browser(services, TESS)  # sessions of before are ended by a migration
    services.clock.ahead += timedelta(minutes=1)
    answer(tess, number, "Een nieuw antwoord.")
    listed = tess.get("/mijn").partition("Nieuw voor u")[2].partition("</section>")[0]
    assert listed.count("/brieven/") == looks
    assert listed.count("#berichten") == 1
    page = tess.get(f"/mijn/zaken/{number}")
    assert bool(new_at(page)) is looks
    messages = page.partition('id="berichten"')[2].partition("</section>")[0]
    assert messages.count(NEW) == 1
    assert NEW in messages.partition("Een oud antwoord.")[2]


def test_t1_what_was_opened_a_hundred_times_is_read_once_and_only_where_it_may_be_new(tess: Browser) -> None:
    services, number = tess.services, register(tess.services, TESS)
    (notice,) = rows(services, NoticeRow)
    (case,) = rows(services, Case)
    seen = {"at": services.clock.now(), "who_kind": "citizen", "who": tess.actor.subject, "case_id": case.id}
    more = [{**seen, "kind": "letter", "part": str(notice.id), "document_id": None}] * 100
    more += [{**seen, "kind": "document", "part": "", "document_id": f"{one:032}"} for one in range(100)]
    more += [{**seen, "kind": "message", "part": str(one), "document_id": None} for one in range(8, 108)]
    with services.sessions.begin() as session:
        session.execute(insert(LookRow), more)
    with services.sessions() as session:
        begins = NewsBegins(services.clock.now(), services.clock.now())
        found = own_looks(session, tess.actor.subject, [case.id], begins, Things([str(notice.id)], []))
    assert found == OwnLooks(frozenset([str(notice.id)]), frozenset(), {case.id: 107})
    for place, only in (("/mijn", True), (f"/mijn/zaken/{number}", False)):
        with statements(services) as said:
            tess.get(place)
        asked = [one for one in said if "FROM look" in one]
        assert len(asked) == 2, place
        assert all("DISTINCT" in one or "GROUP BY" in one for one in asked), place
        assert any("look.part IN" in one for one in asked) is only
