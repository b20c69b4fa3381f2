"""W11: a data protection officer finds who looked, by case, document, member of staff, citizen and period, on each database."""

import pytest
from kit.browser import Browser
from kit.cases import register_bezwaar, rows
from kit.documents import stored
from kit.log_lines import log_lines
from kit.people import ADA, BRAM, FENNA, NOOR, PIET, SEM, TESS, VERA
from kit.spreadsheets import FORMULA, read_sheet
from looks_kit import furnish, looked

from processes.actions import act
from processes.actions.documents import AddDocuments, GiveToDepartment
from processes.actions.filing import NewDocument
from processes.base.clock import local_date
from processes.base.errors import Invalid, NotAllowed
from processes.jobs.workers import drain
from processes.reads.admin import AskedLooks, asked_looks, export_looks, looks, read_looks
from processes.storage.looks import Look, write_look
from processes.storage.tables import Case, DocumentRow, NoticeRow

HOME = "/beheer/inzage"
on_sqlite = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


@pytest.fixture
def filled(installed):
    """Two cases: of Tess, at which Noor and Piet looked, and of Bram, at which Noor and Sem did; with a gap of days."""
    services = installed(furnish)
    first, second = register_bezwaar(services, TESS), register_bezwaar(services, BRAM, subject="Terras")
    for number, who, days in (
        (first, NOOR, 40),
        (first, PIET, 3),
        (second, NOOR, 2),
        (second, SEM, 1),
        (first, NOOR, 0),
    ):
        looked(services, who, number, days_ago=days)
    return services, first, second


def short(found):
    return [(line.who.split()[0], line.case[-1]) for line in found]


ALL = [("Noor", "1"), ("Sem", "2"), ("Noor", "2"), ("Piet", "1"), ("Noor", "1")]
QUESTIONS = [
    ({}, ALL),
    ({"case": "first"}, [("Noor", "1"), ("Piet", "1"), ("Noor", "1")]),
    ({"staff": "noor"}, [("Noor", "1"), ("Noor", "2"), ("Noor", "1")]),
    ({"staff": "noor", "case": "second"}, [("Noor", "2")]),
    ({"bsn": "999993653"}, [("Noor", "1"), ("Piet", "1"), ("Noor", "1")]),
    ({"bsn": "999990676"}, [("Sem", "2"), ("Noor", "2")]),
    ({"bsn": "999991863"}, []),
    ({"since": 5}, ALL[:4]),
    ({"until": 2}, ALL[2:]),
    ({"since": 5, "until": 2}, [("Noor", "2"), ("Piet", "1")]),
    ({"since": 5, "until": 2, "staff": "piet"}, [("Piet", "1")]),
    ({"bsn": "999993653", "since": 5}, [("Noor", "1"), ("Piet", "1")]),
    ({"staff": "niemand"}, []),
]


def test_w11_each_question_finds_its_own_looks(filled):
    services, first, second = filled
    numbers = {"first": first, "second": second}
    today = local_date(services.clock.now())
    wrong = []
    for typed, expected in QUESTIONS:
        given = {
            name: numbers.get(value, value) if isinstance(value, str)
            else today.fromordinal(today.toordinal() - value).isoformat()
            for name, value in typed.items()
        }  # fmt: skip
        found = short(read_looks(services, VERA, asked_looks(services, given)).lines)
        if found != expected:
            wrong.append((typed, found))
    assert wrong == []


def test_w11_pages_follow_each_other_without_a_gap_or_a_look_twice(filled):
    services, first, _ = filled
    for _ in range(5):  # all at one moment, so that only their ids tell them apart
        looked(services, SEM, first, days_ago=3)
    found, after = [], 0
    for _ in range(10):
        page = read_looks(services, VERA, AskedLooks(after=after), most=3)
        found += [line.id for line in page.lines]
        if page.older is None:
            break
        after = page.older
    assert len(found) == len(set(found)) == 10
    moments = [line.at for line in read_looks(services, VERA, AskedLooks(), most=50).lines]
    assert moments == sorted(moments, reverse=True)


def test_w11_the_export_holds_every_page_up_to_its_most(filled, monkeypatch):
    services, _, _ = filled
    monkeypatch.setattr(looks, "EXPORTED_AT_ONCE", 2)
    assert short(export_looks(services, VERA, AskedLooks()).lines) == ALL
    monkeypatch.setattr(looks, "MOST_EXPORTED", 3)
    assert short(export_looks(services, VERA, AskedLooks()).lines) == ALL[:3]


def test_w11_a_look_does_not_wait_for_whoever_has_the_case_locked(filled, kind_of_database):
    services, first, _ = filled
    if (
        kind_of_database == "sqlite"
    ):  # one writer at a time, whatever it writes: here a look only has to be possible at all
        assert write_look(services, PIET, Look("case", first, "overview"))
    else:
        with services.sessions.begin() as session:
            session.query(Case).filter_by(number=first).with_for_update().one()
            assert write_look(services, PIET, Look("case", first, "overview"))
    assert short(read_looks(services, VERA, AskedLooks(case=first)).lines)[0] == ("Piet", "1")


@pytest.mark.parametrize("actor", [NOOR, SEM, ADA, FENNA], ids=lambda one: one.subject)
def test_w11_only_a_data_protection_officer_reads_who_looked(services, actor):
    with pytest.raises(NotAllowed):
        read_looks(services, actor, AskedLooks())


WRONG = [
    ({"bsn": "123456789"}, "bsn", "geen geldig BSN"),
    ({"since": "gisteren"}, "since", "Schrijf de datum"),
    ({"until": "31-2-2026"}, "until", "bestaat niet"),
    ({"since": "2026-03-02", "until": "2026-03-01"}, "until", "ligt voor de eerste dag"),
]


@pytest.mark.parametrize(("typed", "field", "words"), WRONG)
def test_w11_what_cannot_be_a_question_is_said_at_its_field(services, typed, field, words):
    with pytest.raises(Invalid) as wrong:
        asked_looks(services, typed)
    assert list(wrong.value.fields) == [field]
    assert words in wrong.value.fields[field]


@pytest.fixture
def vera(filled):
    return Browser(filled[0], VERA)


@on_sqlite
def test_w11_the_page_shows_who_looked_at_a_case(filled, vera):
    _, first, second = filled
    vera.get(HOME)
    page = vera.post(HOME, {"case": first.lower()})
    assert vera.url.endswith(f"?zaak={first}")
    table = page.partition("<tbody>")[2]
    assert "Piet Behandelaar" in table
    assert second not in table
    assert f'value="{first}"' in page


@on_sqlite
def test_w11_a_bsn_stands_in_no_address_and_no_log(filled, vera):
    services, first, second = filled
    vera.get(HOME)
    with log_lines() as lines:
        page = vera.post(HOME, {"bsn": "999 993 653"})
    assert "999993653" not in vera.url + repr(lines) + page
    table = page.partition("<tbody>")[2]
    assert first in table
    assert second not in table
    (line,) = [line for line in lines if line["event"] == "looks_seen"]
    assert (line["who"], line["citizen"]) == ("staff:vera", services.secrets.index("bsn:999993653"))


@on_sqlite
def test_w11_the_search_itself_is_a_security_event(filled, vera):
    _, first, _ = filled
    with log_lines() as lines:
        vera.get(f"{HOME}?zaak={first}&medewerker=noor&van=2026-01-01")
        vera.get(f"{HOME}/uitvoer?zaak={first}")
    found = [
        (line["event"], line["who"], line["case"], line["staff"], line["since"]) for line in lines if "since" in line
    ]
    assert found == [
        ("looks_seen", "staff:vera", first, "noor", "2026-01-01"),
        ("looks_exported", "staff:vera", first, None, None),
    ]


@on_sqlite
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"case": "BZW-2026-999999"}, "Er is geen zaak met dit nummer"),
        ({"document": "BZW-2026-000001-D99"}, "Er is geen document met dit kenmerk"),
        ({"bsn": "111"}, "geen geldig BSN"),
        ({"since": "nooit"}, "Schrijf de datum"),
    ],
)
def test_w11_a_question_without_an_answer_keeps_what_was_typed(vera, typed, words):
    vera.get(HOME)
    page = vera.post(HOME, typed, status=422)
    assert words in page
    assert "Fout:" in page
    assert all(f'value="{value}"' in page for value in typed.values())


@on_sqlite
@pytest.mark.parametrize(
    "query",
    [
        "na=999999999999999999999",
        "na=-1",
        "na=999",
        "persoon=x",
        "persoon=" + "z" * 64,
        "van=9999-99-99",
        "zaak=%00",
        "tot=0",
    ],
)
def test_w11_an_address_made_by_hand_does_no_harm(vera, query):
    assert vera.status(f"{HOME}?{query}") in {200, 400, 422}
    assert vera.status(f"{HOME}/uitvoer?{query}") in {200, 400, 422}


@on_sqlite
def test_w11_older_looks_stand_behind_a_link(filled, vera, monkeypatch):
    monkeypatch.setattr(looks, "PAGE", 2)
    monkeypatch.setattr(read_looks, "__defaults__", (2,))
    page, seen = vera.get(f"{HOME}?medewerker=noor"), []
    while True:
        seen.append(page.partition("<tbody>")[2].count("<tr>"))
        link = page.partition("Oudere")[0].rpartition('href="')[2].partition('"')[0]
        if "Oudere" not in page:
            break
        page = vera.get(link)
    assert seen == [2, 1]
    assert "Naar de nieuwste" in page


@on_sqlite
def test_t11_who_fetched_or_was_sent_a_document_stands_together(filled, vera):
    services, first, _ = filled
    act(services, NOOR, AddDocuments(first, (NewDocument(stored(services), "internal", "Tekening"),)))
    document = next(row for row in rows(services, DocumentRow) if row.title == "Tekening")
    act(services, NOOR, GiveToDepartment(document.id, "parkeren"))
    drain(services)
    with services.sessions.begin() as session:
        notice = session.query(NoticeRow).filter_by(case_id=document.case_id).first()
        notice.document_id = document.id
    Browser(services, PIET).get(f"/werk/documenten/{document.id}/bestand")
    vera.get(HOME)
    page = vera.post(HOME, {"document": document.reference})
    given, _, found = page.partition("Gevonden, het nieuwste eerst")
    assert "Parkeren" in given
    assert "Tess Testeling" in given
    assert all(
        words in given
        for words in ("Voegde het toe", "Kreeg het te lezen", "Kreeg het als brief", "Kreeg er een e-mail over")
    )
    table = found.partition("<tbody>")[2]
    assert table.count("<tr>") == 1
    assert f"Document {document.reference} opgehaald" in table
    assert "Piet Behandelaar" in table


@on_sqlite
def test_w11_the_export_opens_as_a_table_without_formulas(filled, vera):
    services, first, _ = filled
    looked(services, NOOR, first, kind="task", part='=HYPERLINK("http://kwaad.example")', address="+1")
    answer = vera.client.get(f"{HOME}/uitvoer?zaak={first}")
    assert 'filename="inzage.xlsx"' in answer.headers["content-disposition"]
    table = read_sheet(answer.content)
    assert table.rows[0][:4] == ["Wanneer", "Wie", "Kenmerk van die persoon", "Zaak"]
    assert len(table.rows) == 5
    assert FORMULA not in table.types
    assert "+1" in table.rows[1]
    assert any("HYPERLINK" in str(cell) for cell in table.rows[1])


@on_sqlite
def test_w11_the_export_says_that_there_is_more(filled, vera, monkeypatch):
    monkeypatch.setattr(looks, "MOST_EXPORTED", 2)
    rows = read_sheet(vera.client.get(f"{HOME}/uitvoer").content).rows
    assert "Er zijn meer regels" in str(rows[0][0])
    assert rows[1][0] == "Wanneer"
