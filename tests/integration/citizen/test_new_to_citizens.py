"""What a citizen did not open yet is marked, on the case and on Mijn zaken, until it was opened (C7)."""

import re
from collections.abc import Callable

from citizen_kit import ILSE, TESS, Browser, add, register
from kit.cases import rows
from kit.people import NOOR

from processes.actions import act
from processes.actions.messages import Reply
from processes.storage.tables import LookRow, NoticeRow, Party

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
