"""The summary of a case, what to do now, and the deadlines beside it."""

import re

from kit.browser import Browser
from kit.cases import INTAKE, do, register_bezwaar
from kit.people import TESS, citizen
from workbench_kit import BRAM

from processes.actions import act
from processes.actions.messages import SendMessage
from processes.actions.profile import SaveProfile
from processes.storage.tables import Case, LetterRow, MailRow, NoticeRow


def summary(page: str) -> str:
    return page.partition('class="wb-casehead"')[2].partition("</nav>")[0]


def now(page: str) -> str:
    return page.partition('class="wb-now"')[2].partition("</section>")[0]


def test_w11_the_summary_says_which_case_whose_how_it_stands_and_whom_to_call(services, noor: Browser):
    number = register_bezwaar(services)
    chosen = SaveProfile(email="nieuw@post.example", phone="06 12345678", news_by_mail=True, to_confirm=False)
    act(services, citizen(services, TESS), chosen)
    for tab in ("", "/partijen", "/tijdlijn"):
        top = summary(noor.get(f"/werk/zaken/{number}{tab}"))
        for part in (number, "Bezwaar", "Ontvangen", "zaakvertrouwelijk", "Tess Testeling", "nog niemand", "nog "):
            assert part in top
        assert 'href="tel:0612345678"' in top
        assert 'aria-label="krijgt nieuws per e-mail"' in top


def test_w11_what_to_do_now_stands_first_with_its_forms_and_what_came_in(services, noor: Browser):
    number = register_bezwaar(services, TESS, BRAM)
    page = noor.get(f"/werk/zaken/{number}")
    assert page.index('class="wb-now"') < page.index("Termijnen</h2>")
    first = now(page)
    assert re.search(r'nl-button--primary" href="/werk/taken/[^"]+"', first)
    assert first.count("nl-button--primary") == 1
    assert "Verstuur 1 brief per post" in first
    assert "nieuw bericht" not in first
    act(services, citizen(services, TESS), SendMessage(number, "Wanneer hoor ik iets?"))
    assert "Lees 1 nieuw bericht" in now(noor.get(f"/werk/zaken/{number}"))


def test_w11_what_to_do_now_names_every_letter_and_mail_that_waits_for_somebody(services, noor: Browser):
    number = register_bezwaar(services, TESS, BRAM)
    noor.get(f"/werk/zaken/{number}/brieven")
    with services.sessions.begin() as session:
        case = session.query(Case).one()
        session.add(LetterRow(case_id=case.id, subject="Een gesprek", made_at=case.registered_at))
        notice, mail = session.query(NoticeRow).first(), session.query(MailRow).first()
        notice.held, mail.error, mail.sent_at = {"reasons": ["De dag is voorbij."]}, "550 onbekend", None
    first = now(noor.get(f"/werk/zaken/{number}"))
    for words in ("Kijk 1 concept van een brief na", "1 brief of e-mail wordt vastgehouden", "1 e-mail kwam niet aan"):
        assert words in first


def test_w11_the_case_page_holds_what_forms_filled(services, noor: Browser):
    number = register_bezwaar(services)
    do(services, "Intake", **INTAKE, route="commissie")
    filled = noor.get(f"/werk/zaken/{number}").partition("Wat er is ingevuld")[2].partition("</details>")[0]
    assert "Niet eerlijk" in filled
    assert "De commissie hoort en adviseert" in filled


def test_w11_deadlines_that_run_stand_before_those_that_are_over(services, noor: Browser):
    number = register_bezwaar(services)
    do(services, "Intake", **INTAKE, route="ambtelijk")
    terms = noor.get(f"/werk/zaken/{number}").partition('class="wb-terms"')[2].partition("</ul>")[0]
    assert terms.index("Beslissing op bezwaar") < terms.index("Ontvangst bevestigen")
    over = [one for one in terms.split("<li ")[1:] if "afgerond" in one]
    assert over
    assert terms.split("<li ")[-len(over) :] == over
