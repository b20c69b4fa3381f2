"""Files that a worker adds: a password is said on the tab, the field offers what is taken, the limit is named."""

from pathlib import Path

from kit.browser import Browser
from kit.cases import handed_in, register_bezwaar, today
from kit.documents import PDF
from kit.outlook import outlook_mail

LOCKED = (Path(__file__).parents[2] / "data" / "cases" / "upload-pdf-with-password.pdf").read_bytes()
NAME = 'Verslag (kort) <concept> "A".pdf'


def test_a_file_with_a_password_is_said_at_once_and_to_every_reader(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    noor.get(f"/werk/zaken/{number}/documenten")
    page = noor.post(
        f"/werk/zaken/{number}/documenten", {"type": "report", "title": ""}, {"files": (NAME, LOCKED, "a/b")}
    )
    assert "Dit bestand heeft een wachtwoord." in page
    assert NAME in page
    row = handed_in(services)[0]
    assert (row.locked, row.file_name) == (True, NAME)


def test_the_field_offers_what_is_taken(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    assert 'accept=".pdf,' in noor.get(f"/werk/zaken/{number}/documenten")
    assert 'accept=".pdf,' in noor.get("/werk/nieuw/bezwaar")


def test_one_file_too_many_says_the_limit_and_costs_nothing_that_was_typed(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    noor.get(f"/werk/zaken/{number}/documenten")
    files = [("files", (f"{at}.pdf", PDF, "application/pdf")) for at in range(51)]
    page = noor.post(f"/werk/zaken/{number}/documenten", {"type": "report", "title": "Mijn titel"}, files, 422)
    assert "hoogstens 50 bestanden" in page
    assert 'value="Mijn titel"' in page


def test_w12_a_mail_that_is_dropped_on_a_case_brings_its_files_along(services, noor: Browser) -> None:
    number = register_bezwaar(services)
    noor.get(f"/werk/zaken/{number}/documenten")
    mail = outlook_mail(
        "De stoep", "Zie de bijlagen.", {"brief.pdf": PDF, "kaart.ics": b"BEGIN:VCALENDAR", "los.txt": b"x"}
    )
    noor.post(
        f"/werk/zaken/{number}/documenten",
        {"type": "underlying", "title": "Mail over de stoep"},
        {"files": ("stoep.msg", mail, "a/b")},
    )
    assert [(row.title, row.file_name) for row in handed_in(services)] == [
        ("Mail over de stoep", "stoep.msg"),
        ("brief.pdf", "brief.pdf"),
    ]


def test_a_file_with_a_password_is_said_after_registering(services, noor: Browser) -> None:
    noor.get("/werk/nieuw/bezwaar")
    typed = {
        "channel": "letter", "received_on": today(services).isoformat(), "party-0-role": "objector", "party-0-kind": "person",
        "party-0-name": "Tess Testeling", "party-0-channel": "post", "party-0-address": "Dorpsweg 1",
        "decision-0-subject": "Parkeervergunning", "decision-0-announced_on": "4-3-2026", "decision-0-department": "parkeren",
        "document-0-type": "submission", "grounds": "Te duur",
    }  # fmt: skip
    page = noor.post("/werk/nieuw/bezwaar", typed, {"document-0-files": ("brief.pdf", LOCKED, "a/b")})
    assert "Een van de bestanden heeft een wachtwoord." in page
    assert handed_in(services)[0].locked
