"""The public page of a Woo decision: what everybody reads, when, and how it is taken back (J11)."""

from dataclasses import replace

import pytest
from kit.browser import Browser
from kit.people import NOOR
from lxml import etree
from woo_kit import LOTTE, PARTLY, SECRET, WHOLE, Request

from processes.actions import act
from processes.actions.documents import RemoveDocument
from processes.actions.publishing import WithdrawPublication
from processes.base.errors import AlreadyDone, Invalid
from processes.jobs.workers import drain
from processes.reads.public import read_public_list
from processes.storage.tables import DocumentRow, LookRow, NoticeRow, PublicationRow

TITLE = "Stukken over een zwembad & meer"
ONLY_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)  # pages are the same on both


def published(request: Request) -> PublicationRow:
    """The page of a request that was decided without anybody who can object."""
    request.found(PARTLY, SECRET, WHOLE).listed().redacted().decided(objection=False, public_title=TITLE)
    drain(request.services)
    (row,) = request.rows(PublicationRow)
    return row


def addresses(page: str, row: PublicationRow) -> set[str]:
    return {one.split('"')[0] for one in page.split('href="') if one.startswith(f"/openbaar/{row.id}/")}


def test_j11_what_was_decided_is_on_a_page_for_everybody_once_it_is_released(asked):
    row = published(asked)
    everybody = Browser(asked.services)
    listed = everybody.get("/openbaar")
    assert "1 besluit" in listed
    assert TITLE in listed
    page = everybody.get(f"/openbaar/{row.id}")
    for told in (TITLE, "Deels openbaar", "Zonder gegevens", "Lijst met documenten", f"{PARTLY} (gelakt)", WHOLE):
        assert told in page
    for hidden in (
        LOTTE.name,
        "Het oude zwembad",
        SECRET,
        "Besluit van",
    ):  # who asked, in whose words, and what is secret
        assert hidden not in page
    assert len(addresses(everybody.html, row)) == 4
    letters = {
        notice.party_id for notice in asked.rows(NoticeRow) if f"http://testserver/openbaar/{row.id}." in notice.body
    }
    assert letters == {asked.party(LOTTE)}


def test_j11_until_the_two_weeks_are_over_there_is_no_page(asked):
    asked.found(PARTLY, SECRET, WHOLE).listed().redacted().decided(objection=True, public_title=TITLE)
    drain(asked.services)
    assert read_public_list(asked.services).count == 0
    asked.days_later(15)
    assert [line.title for line in read_public_list(asked.services).lines] == [TITLE]


@ONLY_SQLITE
def test_j11_only_what_is_public_is_sent_and_who_fetched_it_is_not_written_down(asked):
    row = published(asked)
    everybody = Browser(asked.services)
    everybody.get(f"/openbaar/{row.id}")
    for address in addresses(everybody.html, row):
        answer = everybody.client.get(address)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith(f'attachment; filename="{asked.number}-D')
    public = {address.rpartition("/")[2] for address in addresses(everybody.html, row)}
    others = [document.id for document in asked.rows(DocumentRow) if document.id not in public]
    assert len(others) > 3
    assert {everybody.status(f"/openbaar/{row.id}/{one}") for one in others} == {404}
    assert asked.rows(LookRow) == []


def test_j11_a_document_that_is_taken_off_the_case_leaves_the_page(asked):
    row = published(asked)
    act(asked.services, NOOR, RemoveDocument(asked.document(WHOLE).id, "Er staat toch een naam in."))
    page = Browser(asked.services).get(f"/openbaar/{row.id}")
    assert WHOLE not in page
    assert f"{PARTLY} (gelakt)" in page


def test_j11_a_page_is_taken_back_with_a_reason_and_then_says_only_that(asked):
    row = published(asked)
    with pytest.raises(Invalid):
        act(asked.services, NOOR, WithdrawPublication(row.id, " "))
    noor, field = Browser(asked.services, NOOR), f"reason-{row.id}"
    noor.get(f"/werk/zaken/{asked.number}/documenten")
    noor.post(f"/werk/zaken/{asked.number}/publicaties/{row.id}/weg", {field: "Er staat een naam in het verslag."})
    everybody = Browser(asked.services)
    page = everybody.get(f"/openbaar/{row.id}", status=410)
    assert "Deze pagina is weggehaald" in page
    assert TITLE not in page
    assert "een naam" not in page
    assert {everybody.status(f"/openbaar/{row.id}/{one['id']}") for one in row.documents} == {404}
    assert read_public_list(asked.services).count == 0
    with pytest.raises(AlreadyDone):
        act(asked.services, NOOR, WithdrawPublication(row.id, "Nog een keer."))


@ONLY_SQLITE
def test_j11_the_list_is_searched_in_titles_and_numbers(asked):
    published(asked)
    found = {
        words: read_public_list(asked.services, words).count for words in ("ZWEMBAD", asked.number, "100%", "kasteel")
    }
    assert found == {"ZWEMBAD": 1, asked.number: 1, "100%": 0, "kasteel": 0}


@ONLY_SQLITE
def test_j11_the_woo_index_finds_each_file_with_its_metadata(asked):
    row = published(asked)
    known = replace(asked.services.settings, organisation_id="https://identifier.overheid.nl/tooi/id/gemeente/gm9999")
    client = Browser(replace(asked.services, settings=known)).client
    assert "Sitemap: http://testserver/openbaar/sitemap.xml" in client.get("/robots.txt").text
    index = etree.fromstring(client.get("/openbaar/sitemap.xml").content)
    (place,) = (one.text for one in index.iter() if one.tag.endswith("}loc"))
    found = etree.fromstring(client.get(place).content)
    files = [one.text for one in found.iter() if one.tag.endswith("}loc")]
    assert len(files) == 4
    assert all(client.get(one).status_code == 200 for one in files)
    said = {one.tag.rpartition("}")[2]: (one.text, one.get("resource")) for one in found.iter()}
    assert said["informatiecategorie"] == (
        "Woo-verzoeken en -besluiten",
        "https://identifier.overheid.nl/tooi/def/thes/kern/c_3baef532",
    )
    assert said["publisher"] == ("Gemeente Voorbeeldstad", known.organisation_id)
    assert said["officieleTitel"][0].startswith(f"{TITLE}: ")
    assert said["creatiedatum"][0] == row.decided_on.isoformat()
