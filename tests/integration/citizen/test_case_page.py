"""What stands on the page of a case beside its papers: whom to call, days and where they come from, what cannot be shown."""

from collections.abc import Callable
from datetime import date, timedelta
from types import SimpleNamespace

from citizen_kit import ILSE, NAMES, TESS, YASMINA, Browser, intake, register
from kit.cases import rows
from sqlalchemy import update

from processes.actions import act
from processes.actions.registering import NewParty
from processes.actions.withdrawing import Withdraw
from processes.base.dutch import date_in_words, long_date
from processes.reads.citizen.calendar import HEARING, CaseMoment
from processes.reads.citizen.expected import expected_days
from processes.reads.citizen.letter_blocks import letter_blocks
from processes.reads.citizen.terms import last_day_before
from processes.storage.tables import Case, DeadlineRow, ModelVersion, NoticeRow, Party, StaffRow

Open = Callable[[str], Browser]
PHONE = "14 0999"
STREETS = ("Lindelaan", "Eikstraat", "Beukhof", "Iepweg", "Wilgpad", "Elskade", "Berkring", "Denneplein", "Esdreef")


def test_c4_the_case_says_whom_to_call_with_a_telephone_number(tess: Browser) -> None:
    number = register(tess.services, TESS)
    contact = tess.get(f"/mijn/zaken/{number}").partition('id="contact"')[2].partition("</section>")[0]
    for said in ("team Juridische Zaken", PHONE, "op werkdagen van 9.00 tot 17.00 uur"):
        assert said in contact
    with tess.services.sessions.begin() as session:
        session.add(StaffRow(number="m-7", username="nbehandelaar", name="Noor Behandelaar"))
        session.execute(update(Case).values(handler="m-7"))
    contact = tess.get(f"/mijn/zaken/{number}").partition('id="contact"')[2].partition("</section>")[0]
    assert "Noor Behandelaar" in contact
    assert "nbehandelaar" not in contact


def test_c16_a_step_to_come_says_before_which_day(tess: Browser) -> None:
    number = register(tess.services, TESS)
    due = next(row.due for row in rows(tess.services, DeadlineRow) if row.code == "decide")
    steps = tess.get(f"/mijn/zaken/{number}").partition('id="stappen"')[2].partition("</section>")[0]
    assert f"nog te doen, voor {long_date(due)}" in steps
    assert f"nog te doen, uiterlijk {long_date(due)}" in steps.rpartition("<li")[2]
    assert "Waarom deze datum?" in steps


def test_c16_no_day_is_promised_while_the_term_stands_still(tess: Browser) -> None:
    number = register(tess.services, TESS)
    assert "nog te doen," in tess.get(f"/mijn/zaken/{number}")
    intake(tess.services, complete=False)
    assert "nog te doen," not in tess.get(f"/mijn/zaken/{number}")


def test_c16_after_a_planned_hearing_the_next_steps_lie_between_two_days(tess: Browser) -> None:
    now = tess.services.clock.now()
    hearing, due = now + timedelta(days=10), (now + timedelta(days=40)).date()
    steps = [SimpleNamespace(code=code, reached_at=at) for code, at in (("a", now), ("b", None), ("c", None))]
    moments = [CaseMoment(HEARING, 0, "Hoorzitting", hearing)]
    found = expected_days(steps, SimpleNamespace(due=due), moments, now.date())  # type: ignore[arg-type]
    assert [(code, one.by, one.last) for code, one in found.items()] == [("b", due, False), ("c", due, True)]
    assert {one.after for one in found.values()} == {hearing.date()}
    assert not expected_days(steps, SimpleNamespace(due=now.date() - timedelta(days=1)), [], now.date())  # type: ignore[arg-type]
    moved = [CaseMoment(HEARING, 1, "Hoorzitting", hearing, cancelled=True)]
    assert {one.after for one in expected_days(steps, SimpleNamespace(due=due), moved, now.date()).values()} == {None}  # type: ignore[arg-type]


def test_a_question_without_a_term_says_the_last_whole_day_before_it_lapses(tess: Browser) -> None:
    with tess.services.sessions() as session:
        deployed = tess.services.models.current(session, "bezwaar")
    timers = [
        {"element": "AnswerLapsed", "due": "2026-12-14T13:00:00+00:00"},
        {"element": "FileOpens", "due": "2026-12-01T00:00:00+00:00"},
    ]
    assert last_day_before(deployed, "AnswerInvitation", timers) == date(2026, 12, 13)
    assert last_day_before(deployed, "AnswerInvitation", timers[1:]) is None
    assert last_day_before(deployed, "Nowhere", timers) is None


def test_d37_a_case_that_cannot_be_read_says_so_on_its_own_page_and_to_its_own_people_only(
    tess: Browser, browser: Open
) -> None:
    number = register(tess.services, TESS)
    with tess.services.sessions.begin() as session:
        session.execute(update(ModelVersion).values(folder=b"kapot"))
    tess.services.models._kept.clear()
    page = tess.get(f"/mijn/zaken/{number}", status=503)
    assert f"Zaak {number} is er nog en er is niets verloren." in page
    assert f"Bel {PHONE}" in page
    other = browser(ILSE).get(f"/mijn/zaken/{number}", status=404)
    assert "is er nog" not in other


def test_d24_who_follows_a_link_of_another_reads_who_is_signed_in_and_how_to_change(
    tess: Browser, browser: Open
) -> None:
    number = register(tess.services, TESS)
    page = browser(ILSE).get(f"/mijn/zaken/{number}", status=404)
    assert "U bent ingelogd als Ilse Namaak." in page
    assert 'action="/uitloggen?soort=citizen"' in page
    assert "Tess" not in page


def test_who_withdrew_reads_that_and_no_promise_of_a_decision(tess: Browser, browser: Open) -> None:
    number = register(tess.services, TESS, ILSE)
    act(tess.services, tess.actor, Withdraw(number))
    page = tess.get(f"/mijn/zaken/{number}")
    assert "U heeft deze zaak ingetrokken. Wij kregen dat op" in page
    assert "U doet niet meer mee aan deze zaak." in page
    assert "een beslissing." not in tess.get("/mijn").partition("Lopende zaken")[2]
    assert "U heeft deze zaak ingetrokken" not in browser(ILSE).get(f"/mijn/zaken/{number}")


def test_the_letter_about_a_withdrawal_says_u_to_who_withdrew(tess: Browser, browser: Open) -> None:
    third = NewParty("third_party", NAMES[YASMINA], identity=YASMINA, channel="portal")
    number = register(tess.services, TESS, extra=(third,))
    act(tess.services, tess.actor, Withdraw(number))
    bodies = {party.name: notice.body for notice in rows(tess.services, NoticeRow) if notice.template == "ingetrokken"
              for party in rows(tess.services, Party, id=notice.party_id)}  # fmt: skip
    assert "U heeft uw bezwaar ingetrokken tegen dit besluit" in bodies.pop(NAMES[TESS])
    for body in bodies.values():
        assert f"Het bezwaar van {NAMES[TESS]} tegen dit besluit is ingetrokken" in body


def test_a_letter_reads_as_a_letter_on_the_screen() -> None:
    body = (
        "Beste Tess,\n\nWij kregen dit:\n- Vergunning\n- Boete\n\nWanneer beslissen wij?\nU hoort het.\n\n"
        "Volgen en contact\nU kunt de zaak volgen en ons altijd een bericht sturen, op elk uur van de dag.\n\n"
        "Rechtbank\nPostbus 2\n\nMet vriendelijke groet,\n\nHet college\nSietse Schrijver, gemeentesecretaris van de hele gemeente Voorbeeldstad"
    )
    blocks = letter_blocks(body)
    assert [one.text for one in blocks if one.heading] == ["Wanneer beslissen wij?", "Volgen en contact"]
    assert [one.points for one in blocks if one.points] == [("Vergunning", "Boete")]
    said = " ".join(" ".join((one.text, *one.points)) for one in blocks)
    assert said.split() == body.replace("- ", "").split()  # nothing is added or left out


def test_the_first_page_begins_with_what_waits_and_finds_a_case_among_many(tess: Browser) -> None:
    for place in range(9):
        register(tess.services, TESS, subject=f"Besluit over {STREETS[place]}")
    intake_of_newest = rows(tess.services, Case)[-1].number
    page = tess.get("/mijn?zoek=besluit+linde")
    assert "1 van uw 9 zaken" in page
    assert page.count("zs-tile__link") == 1
    assert "Geen lopende zaak past" in tess.get("/mijn?zoek=zendmast")
    tess.get("/mijn?zoek=%25d&lopend=7")
    assert tess.get("/mijn").count("zs-tile__link") == 9
    assert intake_of_newest in tess.html


def test_what_is_asked_stands_above_the_cases_with_its_last_day(tess: Browser) -> None:
    register(tess.services, TESS)
    intake(tess.services, complete=False)
    page = tess.get("/mijn")
    due = next(row.due for row in rows(tess.services, DeadlineRow) if row.code == "repair")
    assert page.index("Wij wachten op u") < page.index("Nieuw voor u") < page.index("Lopende zaken")
    assert f"Doe dit uiterlijk <strong>{date_in_words(due)}</strong>" in page
    assert "U bent aan zet" in page
