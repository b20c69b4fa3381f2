"""One bezwaar from intake to destruction, through the pages of the demo, by everyone whom it concerns.

The tests run in order in one demo; what an earlier one made, a later one uses. Axe looks at every page that is met.
"""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from person import Person

from engine import read_folder
from engine.edits import files_of
from processes.base.dutch import MONTHS

HOME = Path(__file__).parents[2] / "bpmn"


YEARS = 180_000  # milliseconds: five years hold hundreds of weekly reminders


class Story:
    """What the tests of this file tell each other."""

    number = ""
    link = ""


@pytest.fixture(scope="module")
def story():
    return Story()


@pytest.fixture(scope="module")
def kees(people):
    return people("/mijn", "Kees Denkbeeldig", "Inloggen met DigiD")


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")

    def make(name: str) -> Path:
        """A page that hides nothing, so that W22 has nothing to ask."""
        with pikepdf.new() as made:
            made.add_blank_page(page_size=(595, 842))
            made.docinfo["/Title"] = name
            made.save(folder / name)
        return folder / name

    return make


def move_to(person: Person, day: date) -> None:
    person.open("/demo")
    person.page.get_by_label("Naar datum").fill(day.isoformat())
    person.page.get_by_role("button", name="Ga").click(timeout=YEARS)
    person.page.wait_for_load_state()
    person.sees("Zaakspoor uitproberen")


def clock(person: Person) -> date:
    """The date in the bar of the demo."""
    words = person.page.locator(".zs-demo__now strong").last.inner_text().split()
    return date(int(words[3]), MONTHS.index(words[2]) + 1, int(words[1]))


def test_d57_citizen_files_a_bezwaar_through_the_start_form(kees, story, file):
    kees.open("/mijn/nieuw/bezwaar").sees("Stap 1 van 6").press("Verder")
    kees.press("Verder").sees("Niet alles is goed ingevuld")
    kees.fill("Waar gaat het besluit over?", "Dakkapel geweigerd").fill("Kenmerk of nummer van het besluit", "VG-900")
    kees.fill("Wanneer kreeg u het besluit?", (clock(kees) - timedelta(days=12)).strftime("%d-%m-%Y"))
    kees.press("Verder").fill("Waarom bent u het er niet mee eens?", "De buren mochten het wel.").press("Verder")
    kees.attach("Bijlagen", file("foto.pdf")).press("Verder")
    kees.press("Verder naar nakijken")
    kees.sees("Kijk alles na", "Dakkapel geweigerd", "foto.pdf").press("Versturen")
    story.number = re.search(r"BZW-\d{4}-\d+", kees.text()).group()
    kees.picture("citizen-receipt")


def test_b4_the_case_has_a_legal_deadline_that_explains_itself(kees, story):
    kees.open(f"/mijn/zaken/{story.number}").sees("Dakkapel geweigerd", "Ontvangen", "huidige status")
    kees.page.get_by_text("Waarom deze datum?", exact=True).click()
    kees.sees("Awb 7:10", "6 weken")


def test_o1_worker_finds_the_case_and_asks_for_what_is_missing(noor, story):
    noor.picture("workbench-today")
    noor.page.get_by_role("searchbox").fill(story.number)
    noor.page.get_by_role("button", name="Zoek").click()
    noor.look().sees(story.number, "Dakkapel geweigerd", "Kees Denkbeeldig")  # a whole number opens the case
    noor.follow("Toets ontvankelijkheid").press("Taak afronden").sees("Niet alles is goed ingevuld")
    noor.choose("op tijd ingediend", "Ja, op tijd").tick("De indiener is belanghebbende").tick(
        "mag over dit bezwaar beslissen"
    )
    noor.choose("Kan tegen dit besluit bezwaar", "Ja").tick("Redenen van het bezwaar")
    noor.fill("Wat ontbreekt er nog?", "Een tekening van de dakkapel.").select(
        "Hoe behandelen wij dit bezwaar?", "De commissie hoort en adviseert"
    )
    noor.tick(re.compile("^Vergunningen")).picture("workbench-task").press("Taak afronden")
    noor.open(f"/werk/zaken/{story.number}").sees("Aanvulling nodig", "staat stil")


def test_b5_repair_is_a_task_in_the_citizens_portal_and_suspends_the_deadline(kees, story, file):
    kees.open(f"/mijn/zaken/{story.number}").sees("Aanvulling nodig").picture("citizen-repair")
    kees.follow(re.compile("Vul uw bezwaar aan")).sees("de redenen van uw bezwaar").sees_not("Uw handtekening")
    kees.fill("Uw aanvulling", "De tekening zit erbij.")
    kees.attach("Bijlagen bij uw aanvulling", file("tekening.pdf")).press("Versturen")
    kees.open(f"/mijn/zaken/{story.number}").sees("tekening.pdf")


def test_o8_one_task_further_the_documents_are_requested_from_the_department(noor, story, people):
    noor.open(f"/werk/zaken/{story.number}").follow("Beoordeel")
    noor.choose("inhoudelijk behandelen", "compleet genoeg").select(
        "Hoe behandelen wij dit bezwaar?", "De commissie hoort en adviseert"
    )
    noor.tick(re.compile("^Vergunningen")).press("Taak afronden")
    noor.open(f"/werk/zaken/{story.number}/verzoeken").sees("Vergunningen", "bij de afdeling").picture(
        "workbench-requests"
    )
    noor.fill("Opmerkingen", "Graag ook het advies van de welstand.").press("Opslaan")
    mailbox = (
        people()
        .open("/demo/postvak")
        .follow(re.compile(f"Stukken nodig: stukken voor zaak {story.number}|{story.number}.*uiterlijk"))
    )
    story.link = mailbox.page.get_by_role("main").get_by_role("link", name="/verzoek/").get_attribute("href")
    mailbox.picture("demo-mail")


def test_o23_the_clock_brings_a_reminder_two_days_before_the_term(people, story):
    visitor = people().open("/demo")
    start = clock(visitor)
    for week in range(1, 3):
        move_to(visitor, start + timedelta(days=7 * week))
    visitor.open("/demo/postvak?aan=vergunningen").sees("Herinnering")


def test_o13_o19_department_delivers_by_link_without_an_account(people, story, file):
    department = people().open(story.link)
    department.sees("Opmerkingen", "Graag ook het advies van de welstand.", "Dakkapel geweigerd", "Kees Denkbeeldig")
    department.sees_not("999990755").picture("department-dossier")
    department.attach("Bestanden", file("besluit.pdf"), file("advies.pdf")).fill("Opmerking", "Het advies volgt nog.")
    department.fill("Uw naam", "Ans de Aanleveraar").press("Verder").sees(
        "Er is nog niets verstuurd", "besluit.pdf", "advies.pdf"
    )
    department.select("Wat voor stuk is besluit.pdf?", "Bestreden besluit")
    department.press("Bevestigen en versturen").sees("ONT-", "besluit.pdf", "advies.pdf").picture("department-receipt")


def test_o21_o22_worker_refuses_one_document_and_the_department_is_asked_again(noor, story):
    noor.open(f"/werk/zaken/{story.number}").follow("Beoordeel").picture("workbench-judging")
    noor.choose(re.compile("Oordeel over.*besluit"), "Akkoord")
    refused = noor.page.get_by_role("group", name=re.compile("Oordeel over.*advies"))
    refused.get_by_label("Niet akkoord").check()
    tile = noor.page.locator(".zs-tile").filter(has=refused).last
    tile.get_by_label("Waarom niet akkoord?").fill("Dit advies is van een ander dossier.")
    noor.press("Taak afronden")
    noor.open(f"/werk/zaken/{story.number}/documenten").sees("besluit.pdf", "niet aangenomen")


def test_o24_a_changed_term_moves_the_reminders(noor, story):
    noor.open(f"/werk/zaken/{story.number}/verzoeken")
    later = clock(noor) + timedelta(days=30)
    noor.page.get_by_text("Andere termijn").first.click()
    noor.fill("Nieuwe datum", later.isoformat()).press("Bekijk wat er verandert")
    noor.sees("De herinneringen worden dan:").press("Verander de termijn")
    noor.sees(f"{later.day} ")


def test_o27_the_same_link_shows_the_refusal_and_takes_a_new_delivery(people, story, file, noor):
    department = people().open(story.link).sees("Dit advies is van een ander dossier.")
    department.attach("Bestanden", file("goed-advies.pdf")).fill("Uw naam", "Ans").press("Verder").press(
        "Bevestigen en versturen"
    ).sees("ONT-")
    noor.open(f"/werk/zaken/{story.number}").follow("Beoordeel")
    noor.choose(re.compile("Oordeel over.*goed-advies"), "Akkoord").press("Taak afronden")


def test_o27_a_late_supplement_becomes_a_delivery_of_its_own(people, story, file, noor):
    department = people().open(story.link).follow("Stukken nazenden")
    department.attach("Bestanden", file("nagekomen.pdf")).fill("Uw naam", "Ans").press("Verder").press(
        "Bevestigen en versturen"
    ).sees("ONT-")
    noor.open(f"/werk/zaken/{story.number}").follow(re.compile("nazending|Beoordeel"))
    noor.choose(re.compile("Oordeel over.*nagekomen"), "Akkoord").tick("Tonen op portaal").press("Taak afronden")


def test_d41_d53_citizen_sends_a_message_and_a_document(kees, story, file, noor):
    kees.open(f"/mijn/zaken/{story.number}").fill("Uw bericht", "Mag ik een getuige meenemen?").press("Verstuur")
    kees.sees("Mag ik een getuige meenemen?")
    kees.open(f"/mijn/zaken/{story.number}").follow("Voeg toe").fill("Titel", "Foto van de straat")
    kees.attach("Bestand van uw apparaat", file("straat.pdf")).press("Verder").sees("straat.pdf").press("Voeg toe")
    kees.open(f"/mijn/zaken/{story.number}").sees("Foto van de straat").picture("citizen-case")
    noor.open("/werk").sees("Mag ik een getuige meenemen?")


def test_d39_another_citizen_does_not_find_the_case(people, story):
    stranger = people("/mijn", "Stichting Denkbuurt", "Inloggen met eHerkenning").sees("U heeft geen lopende zaken")
    answer = stranger.page.goto(f"{stranger.base}/mijn/zaken/{story.number}")
    assert answer.status == 404
    stranger.look().sees_not("Dakkapel")


def test_the_hearing_is_planned_held_and_advised_on(noor, people, story, file):
    noor.open(f"/werk/zaken/{story.number}").follow("Bel de indiener")
    noor.choose("uit het gesprek", "Het bezwaar gaat door").press("Taak afronden")
    ada = people("/werk", "Ada Griffier").open(f"/werk/zaken/{story.number}").follow(re.compile("Beslis of er"))
    ada.choose("Komt er een hoorzitting?", "Wij houden een hoorzitting").press("Taak afronden")
    ada.sees("Is de hoorzitting openbaar?", "Niet alles is goed ingevuld")
    ada.choose("Is de hoorzitting openbaar?", "Nee").press("Taak afronden")
    noor.open(f"/werk/zaken/{story.number}").follow(re.compile("Plan de hoorzitting"))
    on = clock(noor) + timedelta(days=21)
    noor.fill("Wanneer is de hoorzitting?", f"{on.isoformat()}T10:30").choose(
        "Waar is de hoorzitting?", "In het stadhuis"
    )
    noor.fill("Wie leidt de hoorzitting?", "Joris Voorzitter").press("Taak afronden")
    noor.open(f"/werk/zaken/{story.number}").follow("Maak het dossier klaar voor inzage")
    noor.sees("Ligt dit stuk ter inzage?").press("Taak afronden")
    move_to(people(), on)
    ada = people("/werk", "Ada Griffier").sees(story.number)
    ada.open(f"/werk/zaken/{story.number}").follow(re.compile("hoorzitting"))
    ada.choose("Hoe is het gegaan?", "De hoorzitting is gehouden").fill(
        "Wie waren er?", "De indiener en de afdeling"
    ).fill("Verslag", "Er is gesproken over de buren.").press("Taak afronden")
    ada.open(f"/werk/zaken/{story.number}").follow(re.compile("dvies")).choose(
        "Wat adviseert de commissie?", re.compile("^Gegrond")
    )
    ada.fill("Waarom?", "Gelijke gevallen, gelijk behandeld.").attach(
        "Advies als bestand", file("advies-commissie.pdf")
    ).press("Taak afronden")


def test_d63_d65_the_decision_is_drafted_taken_by_another_and_read_by_the_citizen(noor, people, kees, story, file):
    noor.open(f"/werk/zaken/{story.number}").follow(re.compile("beslissing"))
    noor.sees("De indiener leest").choose("Wat wordt de beslissing?", re.compile("^Gegrond")).choose(
        "volgt het advies", "Ja"
    )
    noor.fill("Wat komt er in de plaats", "Een vergunning voor de dakkapel.")
    noor.fill("Uitleg voor de indiener", "U krijgt alsnog een vergunning.").attach(
        "Beslissing op bezwaar", file("beslissing.pdf")
    )
    noor.press("Taak afronden")
    noor.open(f"/werk/zaken/{story.number}").sees("mandaat").follow(re.compile("Neem")).sees_not("Taak afronden")
    sem = people("/werk", "Sem Beslisser").open(f"/werk/zaken/{story.number}").follow(re.compile("Neem"))
    sem.choose("Neemt u deze beslissing?", re.compile("^Ja")).press("Taak afronden")
    kees.open(f"/mijn/zaken/{story.number}").sees("Gegrond", "U krijgt alsnog een vergunning.", "Afgerond").picture(
        "citizen-decided"
    )
    kees.sees_not("Voeg toe", "Uw bericht")
    letters = kees.page.locator("main a[href*='/brieven/']")
    letters.filter(has_text=re.compile("De beslissing op het bezwaar")).click()
    kees.look().sees("Het bezwaar is gegrond.", "U krijgt alsnog een vergunning.", "binnen zes weken")


def test_d66_a_party_on_paper_gets_a_letter_and_a_worker_posts_it(noor):
    noor.open("/werk").sees("Brieven printen en verzenden").follow(re.compile("nog niet volledig"))
    waiting = noor.page.get_by_role("button", name="Bewaar verzenddatum")
    letter = noor.page.locator("section.wb-dossier").filter(has=waiting).first.get_attribute("id")
    noor.picture("workbench-letters").press("Bewaar verzenddatum")
    # another may wait by now: the term that this letter gave has passed meanwhile, which is said in a letter too
    assert noor.page.locator(f"#{letter}").get_by_role("button", name="Bewaar verzenddatum").count() == 0


def test_a_citizen_withdraws(people, noor):
    yasmina = people("/mijn", "Yasmina el Voorbeeld", "Inloggen met DigiD").follow(
        "Gehandicaptenparkeerplaats geweigerd"
    )
    yasmina.follow("Deze zaak intrekken").press("Zaak intrekken").sees("Niet alles is goed ingevuld")
    yasmina.tick("Ja, ik wil mijn zaak intrekken").press("Zaak intrekken").sees("ngetrokken")


def test_o35_the_departments_link_is_dead_a_set_time_after_closing(people, story):
    visitor = people().open(story.link).sees("U kunt dit dossier nog openen tot en met")
    visitor.open("/demo")
    move_to(visitor, clock(visitor) + timedelta(days=16))
    answer = visitor.page.goto(story.link)
    assert answer.status == 404
    visitor.look().sees_not("Dakkapel")


def test_b2_administrator_sees_findings_at_their_element(people, tmp_path):
    fenna = people("/beheer", "Fenna Beheer").picture("admin-overview")
    drawing = (HOME / "bezwaar" / "bezwaar.bpmn").read_text()
    broken = tmp_path / "bezwaar.bpmn"
    broken.write_text(drawing.replace('schema="intake.json"', 'schema="bestaat-niet.json"'))
    fenna.open("/beheer/zaaktypen/nieuw").attach("Bestand", broken).press("Controleren")
    fenna.sees("Dit model kan nog niet in gebruik", "Toets ontvankelijkheid en volledigheid", "bestaat-niet.json")
    fenna.page.locator("[data-drawing] svg [data-element-id=Intake]").first.wait_for()
    fenna.picture("admin-findings")


def test_b3_a_changed_model_is_a_version_that_new_cases_use_and_running_cases_do_not(people, tmp_path, noor, story):
    """With seven of its rehearsals, two pieces of work for the workers: all of them are played in tests/rehearsals."""
    fenna = people("/beheer", "Fenna Beheer")
    changed, folder = tmp_path / "bezwaar.zip", read_folder(HOME / "bezwaar")
    drawing = folder.drawing.replace(b'name="Bel de indiener"', b'name="Praat met de indiener"')
    short = sorted(folder.rehearsals, key=lambda name: len(folder.rehearsals[name]))[:7]
    rehearsals = {name: folder.rehearsals[name] for name in short}
    with ZipFile(changed, "w") as archive:
        for name, content in files_of(replace(folder, drawing=drawing, rehearsals=rehearsals)).items():
            archive.writestr(name, content)
    fenna.open("/beheer/zaaktypen/nieuw").attach("Bestand", changed).press("Controleren").sees(
        "versie 2", "Praat met de indiener"
    )
    fenna.page.set_default_timeout(240_000)
    fenna.press("In gebruik nemen").sees("Wij spelen nu de repetities")  # workers do, and the page refreshes itself
    fenna.page.get_by_role("button", name="In gebruik nemen").wait_for()
    fenna.press("In gebruik nemen").sees("2")
    running = noor.open("/werk/zaken?zoek=Kosten+voor+verkeerd").look()
    running.follow(re.compile(r"BZW-")).sees("Bel de indiener").sees_not("Praat met de indiener")
    number = _register(noor)
    noor.open(f"/werk/zaken/{number}").follow("Toets ontvankelijkheid").choose("op tijd ingediend", "Ja, op tijd")
    noor.tick("De indiener is belanghebbende").tick("mag over dit bezwaar beslissen").tick("Het bezwaar is volledig")
    noor.choose("Kan tegen dit besluit bezwaar", "Ja").select("Hoe behandelen wij dit bezwaar?", "Zonder hoorzitting")
    noor.choose("Waarom is er geen hoorzitting?", "Het bezwaar is kennelijk ongegrond").fill(
        "Leg uit waarom er geen hoorzitting is", "Dit is al eerder beslist."
    )
    noor.tick(re.compile("^Parkeren"))
    noor.press("Taak afronden").open(f"/werk/zaken/{number}").sees("Praat met de indiener")


def _register(worker: Person) -> str:
    """A bezwaar by letter: two objectors, a representative, and two decisions."""
    worker.open("/werk/nieuw/bezwaar").press("Nog een betrokkene").press("Nog een betrokkene").press("Nog een besluit")
    page = worker.page
    for at, (name, role) in enumerate(
        [("Anna Bedacht", "objector"), ("Bert Bedacht", "objector"), ("mr. C. Toga", "representative")]
    ):
        page.locator(f"#field-party-{at}-name").fill(name)
        page.locator(f"#field-party-{at}-role").select_option(role)
        page.locator(f"#field-party-{at}-address").fill("Bedenkweg 1\n1234 AB Voorbeeldstad")
    page.locator("#field-decision-0-subject").fill("Standplaats geweigerd")
    page.locator("#field-decision-0-announced_on").fill((clock(worker) - timedelta(days=9)).isoformat())
    page.locator("#field-decision-1-subject").fill("Aanvraag kermis")
    page.locator("#field-decision-1-announced_on").fill((clock(worker) - timedelta(days=8)).isoformat())
    worker.fill("Waarom bent u het er niet mee eens?", "Er is plaats genoeg.").picture("workbench-register")
    worker.press("Bezwaar registreren").sees("Standplaats geweigerd", "Anna Bedacht")
    return re.search(r"BZW-\d{4}-\d+", worker.text()).group()


def test_o37_at_the_end_of_retention_the_dossier_is_destroyed_with_a_certificate(people, noor, kees, story):
    visitor = people().open("/demo")
    today = clock(visitor)
    move_to(visitor, today.replace(year=today.year + 5, day=min(today.day, 28)) + timedelta(days=1))
    bo = people("/beheer/vernietiging", "Bo Bewaarder").sees(story.number)
    bo.page.get_by_role("checkbox", name=f"Zaak {story.number} voorstellen").check()
    bo.press("Gekozen zaken voorstellen").sees("wacht op een tweede persoon", "eigen voorstel")
    arie = people("/beheer/vernietiging", "Arie Archief").sees(story.number).picture("admin-destruction")
    arie.page.get_by_role("checkbox", name=f"Zaak {story.number} vernietigen").check()
    arie.press("Gekozen zaken vernietigen").sees("Dit kan niet ongedaan worden gemaakt").press(
        "Ja, vernietig deze zaak"
    )
    arie.open_until_it_has("/beheer/vernietiging", story.number).follow(story.number).sees(
        story.number, "SHA-256", "Bo Bewaarder", "Arie Archief"
    ).sees_not("Dakkapel", "Kees", "999990755").picture("admin-certificate")
    assert noor.page.goto(f"{noor.base}/werk/zaken/{story.number}").status == 404
    assert kees.page.goto(f"{kees.base}/mijn/zaken/{story.number}").status == 404
    kees.open("/mijn").sees_not("Dakkapel")
    visitor.open("/demo/postvak").sees_not(story.number)


def test_nothing_is_wrong_when_all_is_done(people):
    people("/beheer/controle", "Fenna Beheer").sees("Alles klopt")
