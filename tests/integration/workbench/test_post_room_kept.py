"""W12: what was chosen for the post room waits on the page after a mistake; T3: who reads post is known, also of post that is in no case."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows, today
from kit.documents import PDF
from kit.people import LIES, NOOR, TESS
from workbench_kit import brought, file_of

from processes.actions import act
from processes.actions.post_handling import AttachPost, FiledPost
from processes.base.actor import Actor
from processes.reads.admin import AskedLooks, read_looks
from processes.storage.services import Services
from processes.storage.tables import LookRow, PostFile, PostItem
from processes.storage.words import LookKind

ROOM = "/werk/postkamer"
PRIVACY = Actor("staff", "pim", "Pim Gegevens", frozenset({"privacy"}))


def scan(name: str, content: bytes = PDF) -> tuple[str, tuple[str, bytes, str]]:
    return "files", (name, content, "application/pdf")


def test_w12_files_wait_on_the_page_after_a_mistake_and_come_in_with_those_that_are_added(
    services: Services, noor: Browser
) -> None:
    noor.get(ROOM)
    typed = {"channel": "counter", "received_on": "31-31-2026", "sender": "Tess Testeling", "together": "ja"}
    page = noor.post(ROOM, typed, [scan("brief.pdf"), scan("bijlage.pdf"), scan("fout.exe")], status=422)
    for told in (
        "Deze bestanden had u al gekozen.",
        "brief.pdf",
        "bijlage.pdf",
        'value="Tess Testeling"',
        "Nog meer bestanden",
    ):
        assert told in page
    assert not rows(services, PostItem)
    page = noor.post(ROOM, {**typed, "weg": ["1"]}, [scan("nieuw.pdf")], status=422)
    assert "nieuw.pdf" in page
    assert "bijlage.pdf" not in page
    page = noor.post(ROOM, {**typed, "received_on": today(services).isoformat()})
    assert "De post staat in de lijst." in page
    (item,) = rows(services, PostItem)
    assert (item.channel, item.sender) == ("counter", "Tess Testeling")
    files = rows(services, PostFile, item_id=item.id)
    assert {file.name for file in files} == {"brief.pdf", "nieuw.pdf"}
    assert {one.blob for one in services.files.all_blobs()} == {file.blob for file in files}


def test_w12_a_list_of_files_that_is_sent_again_brings_nothing_twice(services: Services, noor: Browser) -> None:
    noor.get(ROOM)
    noor.post(ROOM, {"channel": "post", "received_on": ""}, [scan("brief.pdf")], status=422)
    held, good = noor.held(ROOM), {"channel": "post", "received_on": today(services).isoformat()}
    assert "De post staat in de lijst." in noor.post(ROOM, good)
    noor.post(ROOM, {**good, **held})
    assert len(rows(services, PostFile)) == 1


@pytest.fixture
def item(services: Services) -> int:
    return brought(services, "scan.pdf")[0]


def test_t3_who_reads_post_that_is_in_no_case_is_known_to_who_protects_data(
    services: Services, noor: Browser, item: int
) -> None:
    for _ in range(2):  # coming back to the page is the same look
        noor.get(f"{ROOM}/{item}")
    (look,) = rows(services, LookRow)
    assert (look.kind, look.case_id, look.part, look.who) == (LookKind.POST, 0, str(item), NOOR.subject)
    (line,) = read_looks(services, PRIVACY, AskedLooks(staff=NOOR.subject)).lines
    assert (line.what, line.case) == (f"Poststuk {item} in de postkamer", "")
    noor.get(f"{ROOM}/{item + 1}", status=404)
    Browser(services, LIES).get(f"{ROOM}/{item}", status=403)
    assert len(rows(services, LookRow)) == 1


def test_t3_who_reads_post_of_a_case_looked_at_that_case(services: Services, noor: Browser, item: int) -> None:
    number = register_bezwaar(services, TESS)
    act(services, NOOR, AttachPost(item, number, (FiledPost(file_of(services, item), "underlying"),)))
    noor.get(f"{ROOM}/{item}")
    (look,) = rows(services, LookRow, kind=LookKind.CASE)
    assert look.case_id > 0
    assert read_looks(services, PRIVACY, AskedLooks(case=number)).lines[0].what == "Poststuk in de postkamer"
