"""W7: the list says why a search found a case, with the words around the hit, and tells nothing that is kept from the reader."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kit.people import known
from search_kit import ADA, NOOR, PIET, add, case_of, register
from sqlalchemy import select

from bench.ground import Ground
from processes.actions import act
from processes.actions.course import AssignHandler
from processes.actions.messages import AddNote
from processes.actions.registering import NewDecision, NewParty
from processes.base.clock import local_date
from processes.base.folding import asked_of
from processes.reads.workbench import Filter, read_cases
from processes.reads.workbench.hits import FOR_HANDLER, pieces_of
from processes.storage.tables import DocumentRow, DocumentText, FiledRow, Party

BRAM = NewParty(
    "objector", "Bram Proefhuizen", address="Kerkstraat 12a\n4321 CD Voorbeeldstad", phone="0612345678", email="b.proef@post.example"
)  # fmt: skip
ZUS = NewParty("objector", "Zus Testdam", address="Laan 1\n1111 AA Stad", phone="0687654321")
LONG = "Zij belde lang en breed over van alles en nog wat, en toen ging het over het zonnescherm van de buren, dat al weken scheef hangt en klappert in de wind bij nacht."


def why(ground: Ground, typed: str, actor=NOOR) -> str | None:
    """What the line of the one case says, with hits between stars."""
    page = read_cases(ground.services, actor, Filter(typed, state=""))
    (line,) = page.lines
    hit = page.hits.get(line.number)
    return hit and " ".join([hit.where, "".join(f"*{text}*" if hit_ else text for text, hit_ in hit.pieces)]).strip()


@pytest.fixture
def case(ground: Ground) -> str:
    for who in (NOOR, PIET):
        known(ground.services, who)
    day = local_date(ground.clock.now()) - timedelta(days=10)
    decision = NewDecision("Weigering van het bord", "XK-7", None, day, "parkeren")
    return act(ground.services, NOOR, replace(ground.registration(), parties=(BRAM, ZUS), decisions=(decision,)))


def test_w7_each_kind_of_row_says_its_field_and_marks_the_words(ground: Ground, case: str) -> None:
    add(ground, case, "Plattegrond van de tuin")
    act(ground.services, PIET, AddNote(case, LONG))
    with ground.services.sessions.begin() as session:
        document = session.scalars(select(DocumentRow).where(DocumentRow.title.startswith("Platte"))).one()
        session.add(DocumentText(id=document.id, case_id=document.case_id, words="dakterras regenton"))
        session.flush()
        document.words_read = True
        reference = document.reference
    said = {
        "testdam": "betrokkene Zus *Testdam*", "kerkstr": "adres *Kerkstraat* 12a 4321 CD Voorbeeldstad", "0612345678": "telefoon *0612345678*",
        "b.proef": "e-mailadres *b.proef@post.example*", "weigering xk": "besluit *Weigering* van het bord *XK-7*",
        "plattegr": f"document *Plattegrond* van de tuin ({reference})", "regenton": "de tekst van Plattegrond van de tuin",
        "zonnescherm": "notitie ... alles en nog wat, en toen ging het over het *zonnescherm* van de buren, dat al weken scheef hangt en klappert in de wind bij nacht.",
    }  # fmt: skip
    assert {typed: why(ground, typed) for typed in said} == said
    assert why(ground, case) is None  # its number stands in the line


def test_w7_what_is_kept_from_the_reader_is_not_told(ground: Ground, case: str) -> None:
    add(ground, case, "Geheime plattegrond")
    act(ground.services, NOOR, AssignHandler(case, "noor"))
    with ground.services.sessions.begin() as session:
        bram = session.scalars(select(Party).where(Party.name == BRAM.name)).one()
        zus = session.scalars(select(Party).where(Party.name == ZUS.name)).one()
        bram.secret_address, zus.confidential = True, True
        session.scalars(
            select(DocumentRow).where(DocumentRow.title == "Geheime plattegrond")
        ).one().confidentiality = "geheim"
    assert why(ground, "kerkstraat") == why(ground, "testdam") == FOR_HANDLER
    assert why(ground, "0612345678", PIET) == "telefoon *0612345678*"
    assert why(ground, "plattegrond", NOOR) is not None
    page = read_cases(ground.services, PIET, Filter("plattegrond", state=""))
    assert page.hits == {}
    filed = [row for row in rows_of(ground, FiledRow) if row.case_id == case_of(ground.services, case)]
    assert all(row.answers not in str(page.hits) for row in filed)
    assert read_cases(ground.services, ADA, Filter("plattegrond", state="")).hits == {}


def rows_of(ground: Ground, table) -> list:
    with ground.services.sessions() as session:
        return list(session.scalars(select(table)))


def test_w7_a_case_that_a_plain_line_explains_says_no_more(ground: Ground) -> None:
    register(ground, "Tess Testeling")
    assert why(ground, "tess") is None  # who filed it, alone, stands in the line


@pytest.mark.parametrize(
    ("text", "typed", "said"),
    [
        ("José Díaz en d’Ancona", "jose dancona", "*José* Díaz en *d’Ancona*"),
        ("Het <script>alert(1)</script> bord", "bord", "Het <script>alert(1)</script> *bord*"),
        ("regel een\n\nregel twee", "twee", "regel een regel *twee*"),
        ("woord " * 30 + "einde", "einde", "... woord woord woord woord woord woord woord *einde*"),
        ("niets hiervan", "anders", "niets hiervan"),
        ("", "x", ""),
    ],
)
def test_w7_the_words_around_a_hit(text: str, typed: str, said: str) -> None:
    assert "".join(f"*{one}*" if hit else one for one, hit in pieces_of(text, asked_of(typed))) == said
