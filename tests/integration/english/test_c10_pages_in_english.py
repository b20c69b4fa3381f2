"""C10: who chose English finds no Dutch words of ours on any page of citizens and departments."""

from collections.abc import Iterator
from itertools import cycle

import pytest
from kit.browser import Browser, TestClient
from kit.cases import INTAKE, do, register_bezwaar, rows
from kit.co_filers import ILSE_NAMED, code_for, file_together
from kit.desk import Desk, desk
from kit.documents import PDF
from kit.english import dutch_on
from kit.people import ILSE, TESS_BSN, citizen

from portal.app import create_app
from processes.actions import act
from processes.actions.messages import SendMessage
from processes.actions.registering import NewParty
from processes.execution.co_filers import NamedPerson
from processes.storage.tables import (
    Case,
    CoFiler,
    Delivery,
    DocumentRequestRow,
    DocumentRow,
    FiledRow,
    MailRow,
    NoticeRow,
    TaskRow,
)

TESS = NewParty("objector", "Tess Testeling", identity=TESS_BSN, channel="portal", email="tess@voorbeeld.example")
# what people and the organisation are called, and what somebody wrote: that stays as it is
DATA = (
    "Gemeente Voorbeeldstad", "Intrekken parkeervergunning", "Parkeervergunning", "Dorpsstraat 1, Voorbeeldstad", "Ans de Aanleveraar",
    "college van burgemeester en wethouders", "besluit.pdf", "De foto van boven", "uw redenen", "Autoriteit Persoonsgegevens", "Nederlands",
    "Hoe gaat het met mijn zaak?", "Niet eens", "Niet eerlijk", "team Juridische Zaken",
)  # fmt: skip
FACES = ("/mijn", "/verzoek", "/openbaar", "/over", "/inloggen", "/uitgelogd", "/sessie")
# the language of a letter and of a mail that was sent is that in which it was sent
AS_SENT = {
    "/mijn/zaken/{number}/brieven/{notice}",
    "/verzoek/{token}/bericht/{message}",
    "/verzoek/{token}/gevraagd/{asked}",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A case at whose department something was delivered, and one that waits for its citizen, who wrote a message."""
    with desk(tmp_path_factory.mktemp("english"), faces=("citizen", "department", "public")) as made:
        made.deliver(("besluit.pdf", PDF), remark="De foto van boven")
        number = register_bezwaar(made.services, TESS)
        do(
            made.services,
            "Intake",
            **{**INTAKE, "complete": False, "route": "ambtelijk", "missing_items": "uw redenen"},
        )
        file_together(made.services, ILSE_NAMED, NamedPerson("Yasmina el Voorbeeld"))
        file_together(made.services, NamedPerson(TESS.name), who=ILSE)
        act(made.services, citizen(made.services, TESS), SendMessage(number, "Hoe gaat het met mijn zaak?"))
        yield made


def parts_of(office: Desk) -> dict[str, list[str]]:
    """What may stand for each open part of an address."""
    found = {
        "number": Case, "task": TaskRow, "document": DocumentRow, "notice": NoticeRow, "filed": FiledRow, "receipt": Delivery, "asked": DocumentRequestRow,
        "message": MailRow,
    }  # fmt: skip
    told = {"number": "number", "receipt": "receipt"}
    ids = {
        part: [str(getattr(one, told.get(part, "id"))) for one in rows(office.services, table)]
        for part, table in found.items()
    }
    numbers = {one.id: one.number for one in rows(office.services, Case)}
    mine = {numbers[one.case_id]: str(one.id) for one in rows(office.services, CoFiler)}
    return {
        **ids,
        "co_filer": [mine.get(number, "1") for number in ids["number"]],  # each beside its case
        "invitation": [code_for(office.services, TESS.name), "AAAA-BBBB-CCCC"],
        "token": [office.token],
        "code": ["bezwaar"],
        "choice": ["meer-tijd", "niet-van-ons"],
        "text": ["privacy", "hulp", "toegankelijkheid"],
        "way": ["digid"],
    }


def addresses(pattern: str, parts: dict[str, list[str]]) -> Iterator[str]:
    """Each value of each part once, together with some value of the others."""
    open_ = [one.partition("}")[0] for one in pattern.split("{")[1:]]
    values = {part: parts.get(part) or ["1"] for part in open_}
    rounds = {part: cycle(found) for part, found in values.items()}
    for _ in range(max((len(found) for found in values.values()), default=1)):
        yield pattern.format_map({part: next(rounds[part]) for part in open_})


@pytest.mark.filterwarnings("ignore:Duplicate Operation ID")
def test_c10_no_page_in_english_says_something_of_ours_in_dutch(office: Desk) -> None:
    app, parts = create_app(office.services), parts_of(office)
    tess = Browser(office.services, TESS).client
    patterns = [
        pattern for pattern, methods in app.openapi()["paths"].items() if "get" in methods and pattern.startswith(FACES)
    ]
    left, seen = {}, set()
    # a letter, a document and what was filed are called as they were sent or stored
    titles = {one.title for table in (DocumentRow, FiledRow) for one in rows(office.services, table)}
    stored = [*titles, *(one.subject for one in rows(office.services, NoticeRow))]
    for client in (tess, TestClient(app)):
        client.get("/over/hulp?taal=en")
        for pattern in set(patterns) - AS_SENT:
            for address in addresses(pattern, parts):
                answer = client.get(address, follow_redirects=False)
                if not answer.headers.get("content-type", "").startswith("text/html"):
                    continue
                assert '<html lang="en"' in answer.text, address
                seen.add((pattern, answer.status_code))
                if found := dutch_on(answer.text, (*DATA, *stored)):
                    left[address] = found
    assert {"/mijn", "/mijn/zaken/{number}", "/mijn/taken/{task}", "/mijn/nieuw/{code}", "/verzoek/{token}", "/verzoek/{token}/ontvangst/{receipt}",
            "/openbaar", "/over/{text}"} <= {pattern for pattern, status in seen if status == 200}, sorted(seen)  # fmt: skip
    assert not left, "\n".join(sorted({text for found in left.values() for text in found}))


def test_c10_a_form_that_must_be_mended_says_so_in_english(office: Desk) -> None:
    tess = Browser(office.services, TESS)
    tess.get("/mijn/nieuw/bezwaar?taal=en&deel=alles")
    page = tess.post(
        "/mijn/nieuw/bezwaar", {"deel": "alles", "email": "geen adres", "phone": "1", "channel": ""}, status=422
    )
    assert dutch_on(page, DATA) == []
    assert "<title>Error: " in page
    assert "This is no e-mail address." in page
    page = tess.post(
        "/mijn/nieuw/bezwaar", {"deel": "alles", "grounds": "Documenten", "email": "geen adres"}, status=422
    )
    assert ">Documenten</textarea>" in page, "what somebody wrote was changed"


def test_c10_the_choice_is_kept_and_pages_of_staff_stay_dutch(office: Desk) -> None:
    client = TestClient(create_app(office.services))
    dutch = client.get("/over/privacy")
    assert ('<html lang="nl"' in dutch.text, "set-cookie" in dutch.headers) == (True, False)
    assert 'href="?taal=en" lang="en" hreflang="en">English<' in dutch.text
    chosen = client.get("/over/privacy?taal=en")
    cookie = chosen.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("taal=en", "httponly", "samesite=lax", "path=/"))
    assert 'href="?taal=nl" lang="nl" hreflang="nl">Nederlands<' in client.get("/over/privacy").text
    assert '<html lang="nl"' in client.get("/werk").text
    assert "set-cookie" not in client.get("/over/privacy?taal=<script>").headers
    assert '<html lang="nl"' in client.get("/over/privacy?taal=nl").text


def test_c10_a_link_to_the_other_language_keeps_the_rest_of_the_address(office: Desk) -> None:
    page = TestClient(create_app(office.services)).get("/openbaar?zoek=zwembad&pagina=2&taal=en").text
    assert 'href="?zoek=zwembad&amp;pagina=2&amp;taal=nl"' in page
