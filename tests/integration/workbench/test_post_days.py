"""W12: the days of receipt and of the postmark are those on the paper, also where a scanner knew others."""

from kit.browser import Browser
from kit.cases import days_ago, days_later, register_bezwaar, rows, today
from kit.people import NOOR, TESS
from workbench_kit import brought, file_of

from processes.actions import act
from processes.actions.answers import ReceiptDays
from processes.actions.post_handling import AttachPost, DefaultByPost, FiledPost
from processes.storage.tables import DefaultNotice, Party, PostItem

ROOM = "/werk/postkamer"


def test_w12_the_days_of_a_scan_are_corrected_while_it_goes_into_a_case_and_the_law_counts_from_them(
    services, noor: Browser
):
    number = register_bezwaar(services, TESS, received=days_ago(services, 9))
    (item,) = brought(services, "intrekking.pdf")
    here, file = f"{ROOM}/{item}/zaak", file_of(services, item)
    came, marked = days_ago(services, 4), days_ago(services, 5)
    assert f'value="{today(services).day}-' in noor.get(f"{ROOM}/{item}?zaak={number}")
    typed = {"doen": "intrekking", "received_on": "31-2-2026", "postmark_on": marked.isoformat()}
    page = noor.post(here, typed, status=422)
    assert 'value="31-2-2026"' in page
    assert f'value="{marked.isoformat()}"' in page
    for told in ("Kies wat voor document dit is.", "Schrijf op hoe en waarom de indiener intrekt."):
        assert told in page
    for wrong, told in ((days_ago(services, -1), "in de toekomst"), (days_ago(services, 10), "kwam pas binnen op")):
        page = noor.post(here, {**typed, "received_on": wrong.isoformat(), "postmark_on": ""}, status=422)
        assert told in page
        assert "Kies wat voor document dit is." in page
    filed = {f"type-{file}": "correspondence", "withdraw_reason": "Schreef een brief."}
    assert "na de ontvangst" in noor.post(
        here, {**typed, **filed, "received_on": days_ago(services, 6).isoformat()}, status=422
    )
    noor.post(here, {**typed, **filed, "received_on": came.isoformat()})
    (party,), (row,) = rows(services, Party), rows(services, PostItem)
    assert (party.withdrawn_on, party.withdrawal_postmarked_on) == (came, marked)
    assert (row.received_on, row.postmarked_on) == (came, marked)
    assert "Dag van ontvangst van het poststuk verbeterd" in noor.get(f"/werk/zaken/{number}/tijdlijn")


def test_w12_a_notice_of_default_counts_from_the_day_that_somebody_corrected(services):
    number = register_bezwaar(services, TESS)
    days_later(services, 200)
    attached, default = brought(services, "brief.pdf", "ingebrekestelling.pdf", postmarked_on=today(services))
    filed = {item: (FiledPost(file_of(services, item), "correspondence"),) for item in (attached, default)}
    days = ReceiptDays(days_ago(services, 3))
    act(services, NOOR, AttachPost(attached, number, filed[attached], days=days))
    act(services, NOOR, DefaultByPost(default, number, filed[default], "decide", days=days))
    assert {(row.received_on, row.postmarked_on) for row in rows(services, PostItem)} == {(days.received_on, None)}
    (notice,) = rows(services, DefaultNotice)
    assert notice.received_on == days.received_on
