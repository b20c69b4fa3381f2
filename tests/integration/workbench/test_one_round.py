"""Registering is told everything in one round, keeps the files that were chosen, and goes on where somebody was."""

import re

from kit.browser import Browser
from kit.cases import handed_in, register_bezwaar, rows, today
from kit.documents import PDF

from processes.storage.tables import Case

PLACE = "/werk/nieuw/bezwaar"
LETTER = ("document-0-files", ("brief.pdf", PDF, "application/pdf"))


def typed(services, **other: str) -> dict[str, str]:
    return {
        "channel": "letter", "received_on": today(services).isoformat(), "grounds": "Te duur", "party-0-role": "objector",
        "party-0-kind": "person", "party-0-name": "Tess Testeling", "party-0-channel": "post", "party-0-address": "Dorpsweg 1",
        "decision-0-subject": "Parkeervergunning", "decision-0-announced_on": "4-3-2026", "document-0-type": "submission",
        **{name.replace("__", "-"): value for name, value in other.items()},
    }  # fmt: skip


def told(page: str) -> set[str]:
    return set(re.findall(r'href="#field-([^"]+)"', page))


def test_o6_every_mistake_is_told_in_one_round(services, noor: Browser) -> None:
    noor.get(PLACE)
    wrong = typed(
        services,
        received_on="31-2-2026",
        party__0__number="123",
        party__0__address="",
        decision__0__announced_on="",
        document__0__title="x" * 201,
    )
    page = noor.post(PLACE, {**wrong, "document-0-type": ""}, [LETTER], 422)
    assert told(page) == {
        "received_on", "party-0-number", "party-0-address", "decision-0-announced_on", "document-0-type", "document-0-title",
    }  # fmt: skip
    assert not rows(services, Case)


def test_c19_the_files_wait_on_the_page_after_a_mistake_and_beside_a_wrong_file(services, noor: Browser) -> None:
    noor.get(PLACE)
    bad = ("submission", ("raar.pdf", b"MZ geen pdf", "application/pdf"))
    page = noor.post(PLACE, typed(services, party__0__name=""), [LETTER, bad], 422)
    assert "Deze bestanden had u al gekozen" in page
    assert "brief.pdf" in page
    assert {"party-0-name", "submission"} <= told(page)
    noor.post(PLACE, typed(services), None)
    assert [one.title for one in handed_in(services)] == ["brief.pdf"]


def test_c19_the_files_wait_while_a_row_is_added(services, noor: Browser) -> None:
    noor.get(PLACE)
    page = noor.post(PLACE, {**typed(services), "add": "decision"}, [LETTER])
    assert "Besluit 2" in page
    noor.post(PLACE, typed(services), None)
    assert [one.title for one in handed_in(services)] == ["brief.pdf"]


def test_c19_the_files_of_a_tab_wait_after_a_mistake(services, noor: Browser) -> None:
    place = f"/werk/zaken/{register_bezwaar(services)}/documenten"
    noor.get(place)
    noor.post(place, {"type": ""}, [("files", ("verslag.pdf", PDF, "application/pdf"))], 422)
    noor.post(place, {"type": "report"}, None)
    assert "verslag.pdf" in [one.title for one in handed_in(services)]


def test_w16_one_more_row_keeps_the_reader_at_that_row(services, noor: Browser) -> None:
    page = noor.get(PLACE)
    targets = re.findall(r'formaction="/werk/nieuw/bezwaar#field-([^"]+)"', page)
    assert targets == ["party-1-role", "decision-1-subject", "document-1-type"]
    page = noor.post(PLACE, {**typed(services), "add": "party"})
    assert 'id="field-party-1-role"' in page


def test_b8_no_field_says_not_required_that_is(services, noor: Browser) -> None:
    page = noor.get(PLACE)
    optional = re.findall(r'for="field-([^"]+)">[^<]*<span class="zs-quiet">\(niet verplicht\)', page)
    bare = {
        "channel": "letter",
        "received_on": today(services).isoformat(),
        "party-0-role": "objector",
        "party-0-channel": "post",
    }
    chosen = [("document-0-files", ("brief.pdf", PDF, "application/pdf"))]
    refused = told(noor.post(PLACE, bare, chosen, 422))
    assert refused
    assert not refused & set(optional)
