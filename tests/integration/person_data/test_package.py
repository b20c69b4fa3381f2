"""T10: everything about one person over all cases is in one package, nothing of a case that was left out, others only by role."""

import pytest
from kit.people import NOOR
from person_kit import BRAM_PAPER, EVERYTHING, INSIDE_PAPER, TESS_PAPER, fill, furnish, made, searched, texts

from processes.actions import act
from processes.actions.messages import AddNote
from processes.reads.person import KIND_WORDS
from processes.reads.person.exchanged import OLD_ADDRESS
from processes.storage.tables import Party
from processes.storage.words import PersonKind

OF_TESS = [
    "Tess Testeling", "bericht-van-tess", "antwoord-aan-tess", "notitie-over-tess", "stuk-van-tess", "mail-aan-tess",
    "Niet eerlijk", "tess.nieuw@post.example", "06 12345678", "Terras Bram", "Inzageverzoek 2026-17",
]  # fmt: skip
BY_KIND = [
    (PersonKind.PARTY, "Als indiener"),
    (PersonKind.CASE, "Bestreden besluit"),
    (PersonKind.VALUES, "Niet eerlijk"),
    (PersonKind.DOCUMENTS, "stuk-van-tess"),
    (PersonKind.LETTERS, "Beste Tess Testeling"),
    (PersonKind.MAILS, "mail-aan-tess"),
    (PersonKind.MESSAGES, "bericht-van-tess"),
    (PersonKind.NOTES, "notitie-over-tess"),
    (PersonKind.REQUESTS, "Parkeren"),
    (PersonKind.LOOKS, "Overzicht"),
    (PersonKind.ACTIONS, "Handeling"),
    (PersonKind.ACCOUNT, "tess.nieuw@post.example"),
    (PersonKind.OTHER_DOCUMENTS, "stuk-van-binnen"),
    (PersonKind.OTHER_MAILS, "mail-aan-afdeling"),
]


@pytest.fixture
def on_each(installed):
    return fill(installed(furnish))


def test_t10_a_package_holds_everything_about_the_person_over_all_cases(on_each):
    archive = made(on_each.services, searched(on_each.services), on_each.first, on_each.second)
    page, data = texts(archive)
    assert [word for word in OF_TESS if word not in page] == []
    assert [case["zaaknummer"] for case in data["zaken"]] == [on_each.first, on_each.second]
    assert [case["rol"] for case in data["zaken"]] == ["indiener", "derde-belanghebbende"]
    assert archive.testzip() is None
    kept = {archive.read(name) for name in archive.namelist() if name.startswith("documenten/")}
    assert {TESS_PAPER, INSIDE_PAPER, BRAM_PAPER} <= kept
    for case in data["zaken"]:
        for record in case["gegevens"]["documents"]:
            if "bestand" in record:  # what was just filed has words, and a file once a worker made it
                assert record["bestand"] in archive.namelist()


def test_t10_what_is_of_others_alone_is_not_in_it(on_each):
    chosen = tuple(kind for kind in EVERYTHING if not kind.startswith("other_"))
    archive = made(on_each.services, searched(on_each.services), on_each.first, on_each.second, kinds=chosen)
    page, data = texts(archive)
    for word in (
        "bericht-van-bram",
        "bericht-elders",
        "Alleen Bram",
        "stuk-van-bram",
        "stuk-van-binnen",
        "mail-aan-afdeling",
    ):
        assert word not in page
        assert word not in repr(data)
    assert BRAM_PAPER not in [archive.read(name) for name in archive.namelist()]
    for number in ("999993653", "999993847", "999990676", on_each.other):
        assert number not in page
        assert number not in repr(data)


@pytest.mark.parametrize(("others", "staff"), [(False, False), (True, False), (False, True), (True, True)])
def test_t10_others_and_staff_are_named_only_where_that_was_chosen(to_read, others, staff):
    services = to_read.services
    archive = made(services, searched(services), to_read.first, others_named=others, staff_named=staff)
    page, data = texts(archive)
    assert ("Yasmina el Voorbeeld" in page, "Yasmina" in repr(data)) == (others, others)
    assert ("Noor Behandelaar" in page, "Noor" in repr(data)) == (staff, staff)


def test_t10_a_confidential_party_is_never_named(filled):
    with filled.services.sessions.begin() as session:
        session.query(Party).filter_by(name="Yasmina el Voorbeeld").update({"confidential": True})
    page, data = texts(made(filled.services, searched(filled.services), filled.first, others_named=True))
    assert "Yasmina" not in page + repr(data)


def test_t10_each_kind_holds_its_own_and_can_be_taken_alone(to_read):
    services, wrong = to_read.services, []
    assert {kind for kind, _ in BY_KIND} == set(PersonKind)
    for kind, word in BY_KIND:
        page, data = texts(made(services, searched(services), to_read.first, kinds=(kind,)))
        given = data["buiten_de_zaken"] if kind == PersonKind.ACCOUNT else data["zaken"][0]["gegevens"]
        if list(given) != [kind] or word not in repr(given[kind]) or f">{KIND_WORDS[kind].title}</h3>" not in page:
            wrong.append((kind, word, list(given), repr(given)[:300]))
    assert wrong == []


def test_t10_a_mail_to_an_address_of_before_goes_along_to_be_judged(to_read):
    services = to_read.services
    _, data = texts(made(services, searched(services), to_read.first, kinds=(PersonKind.MAILS,)))
    (mail,) = [one for one in data["zaken"][0]["gegevens"]["mails"] if "mail-aan-tess" in one["tekst"]]
    assert (mail["aan"], mail["beoordelen"]) == ("tess@post.example", OLD_ADDRESS)


def test_t10_every_internal_note_and_paper_of_others_is_marked(to_read):
    services = to_read.services
    _, data = texts(made(services, searched(services), to_read.first))
    given = data["zaken"][0]["gegevens"]
    for kind in (PersonKind.NOTES, PersonKind.OTHER_DOCUMENTS, PersonKind.OTHER_MAILS):
        assert given[kind]
        assert all(record["beoordelen"] for record in given[kind])


def test_t10_texts_of_people_stay_text_on_the_page(filled):
    act(filled.services, NOOR, AddNote(filled.first, "<script>alert(1)</script> & </html>"))
    page, data = texts(made(filled.services, searched(filled.services), filled.first))
    assert "<script" not in page
    assert page.count("</html>") == 1
    assert "<script>alert(1)</script>" in repr(data)
