"""Every page of the program, looked at by who may see it, with the cases of the demo in the addresses."""

from collections.abc import Callable, Iterable, Iterator
from itertools import cycle

from asked import unheard
from fastapi import FastAPI
from kit.browser import TestClient
from kit.people import signed_in
from played import VISIT, Story
from sqlalchemy import or_, select

from portal.security.sessions import cookie_name
from portal.workbench.tabs import TABS
from processes.access.letter_codes import code_of
from processes.base.actor import UNKNOWN_NAME, Actor
from processes.demo.actors import CITIZEN_ACTORS, STAFF_ACTORS
from processes.jobs.clock_process import SWEEPS, sweep_anchors
from processes.storage import web_sessions
from processes.storage.citizens import identity_of
from processes.storage.services import Services
from processes.storage.tables import (
    Bar,
    Case,
    CaseBundle,
    CaseGroupRow,
    CoFiler,
    Delivery,
    DestructionRow,
    DocumentRequestRow,
    DocumentRow,
    Dossier,
    DraftShare,
    FiledRow,
    HearingItem,
    HearingSession,
    Instance,
    LetterRow,
    LookRow,
    MailRow,
    ModelMove,
    NoticeRow,
    Party,
    PersonPackage,
    PostFile,
    PublicationRow,
    RequestReply,
    TaskRow,
)
from processes.storage.words import CoFilerState, TaskState

Names = dict[str, list[str]]
MAILBOX = "parkeren@voorbeeldstad.example"
NOT_FOR_THEM = 403
EACH = 4  # addresses of a page that has parts
VISITORS = {
    "/mijn": ("tess",),
    "/mijn/taken/{task}/veranderen": ("olena",),  # who changed an answer
    "/verzoek/overzicht": ("parkeren",),
    "/indienen": ("visitor",),
    "/werk": ("noor", "ada", "lies"),
    "/beheer": ("fenna", "arie", "vera"),
}
WHOLE = {"/beheer/controle"}  # verification: it reads every row, which is what it is for
STANDS = ("lopend", "te-beslissen", "te-beoordelen", "te-laat", "klaar")
# the same page with what a person can ask of it
ASKED = {
    "/werk": [f"van={van}&pagina={page}" for van in ("mij", "team", "niemand", "alles") for page in (1, 2, 20)],
    "/werk/zaken": [
        *(f"stand={stand}&pagina={page}" for stand in ("lopend", "afgerond", "alle") for page in (1, 2, 20)),
        *(f"{name}&stand={stand}" for stand in ("lopend", "afgerond", "alle")
          for name in ("soort=bezwaar", "status=received", "behandelaar=noor", "behandelaar=-", "soort=klacht&behandelaar=noor",
                       "alleen=te-laat", "alleen=rechter", "team=bezwaar", "afdeling=parkeren", "volgorde=ontvangen", "volgorde=nieuw",
                       "volgorde=nummer", "volgorde=behandelaar")),
    ],
    "/werk/verzoeken": [
        *(f"stand={stand}&pagina={page}" for stand in STANDS for page in (1, 2, 20)),
        *(f"{name}&stand={stand}" for stand in STANDS for name in ("afdeling=parkeren", "behandelaar=noor", "afdeling=wonen&behandelaar=noor")),
    ],
    "/werk/cijfers": [
        *(f"periode={one}" for one in ("maand", "kwartaal", "vorig-jaar", "eigen&van=2026-03-01&tot=2026-04-01")), "soort=bezwaar", "soort=klacht&team=recht",
    ],
    "/werk/cijfers/tabel": ["soort=bezwaar"],
    "/werk/cijfers/jaar/{yearly}": ["jaar=2026"],
    "/werk/zaken/{number}/tijdlijn": ["", "soort=brieven", "soort=keek", "pagina=2"],
    "/beheer/zaaktypen/{process}/verplaatsen/proef": ["van=1"],
    "/beheer/vernietiging": ["pagina=2"],
    "/werk/postkamer": ["volgorde=nieuw", "pagina=2", "pagina=20"],
    "/werk/postkamer/{piece}": ["zaak=BZW-2026-000001", "zoek=testeling"],
    "/werk/retourpost": ["kenmerk=BZW-2026-000001", "kenmerk=BZW-2026-000001-D2"],
    "/openbaar": ["zoek=zwembad", "pagina=2"],
    "/demo/postvak": ["aan=parkeren@voorbeeldstad.example"],
}  # fmt: skip
SEARCHES = [
    "zoek=testeling",
    "zoek=PV-2026",
    "zoek=BZW-2026-000001",
    "zoek=parkeer&stand=alle",
    "zoek=te&soort=bezwaar",
    "zoek=1234AB",
    "zoek=06+0000+0001",
    "zoek=zus&stand=alle",
]


def names_of(story: Story) -> Names:
    """What may stand for each part of an address."""
    with story.services.sessions() as session:
        unheard(session)
        newest = dict(session.execute(select(Case.case_type, Case.number).order_by(Case.id)).all())
        tess = CITIZEN_ACTORS["tess"](story.services).subject
        own = select(Party.case_id).where(Party.identity_index == tess)
        numbers = session.scalars(select(Case.number).where(Case.id.in_(own))).all()
        told = [*newest.values(), *numbers]  # beside each of these an instance and a party of the same case
        known = dict(session.execute(select(Case.number, Case.id).where(Case.number.in_(told))).all())
        of_case = {number: (Instance.case_id == id_, Party.case_id == id_) for number, id_ in known.items()}
        salts = session.scalars(select(Dossier.salt).where(Dossier.revoked_at.is_(None)))
        with_pages = or_(TaskRow.state == TaskState.OPEN, TaskRow.changed_at.is_not(None))
        tasks = session.scalars(select(TaskRow.id).where(with_pages)).all()
        return {
            "number": told,
            "instance": [str(session.scalars(select(Instance.id).where(of_case[one][0])).first()) for one in told],
            "party": [str(session.scalars(select(Party.id).where(of_case[one][1])).first()) for one in told],
            "tab": [tab for tab in TABS if tab],
            "task": list(tasks),
            "document": list(session.scalars(select(DocumentRow.id))),
            "piece": [str(one) for one in session.scalars(select(PostFile.item_id).order_by(PostFile.id))],
            "file": [str(one) for one in session.scalars(select(PostFile.id).order_by(PostFile.id))],
            "notice": [str(one) for one in session.scalars(select(NoticeRow.id))],
            "letter": [str(one) for one in session.scalars(select(LetterRow.id))],
            "token": [story.services.secrets.link_token(salt) for salt in salts],
            "dossier": [
                str(one) for one in session.scalars(select(Dossier.id).where(Dossier.department == "parkeren"))
            ],
            "share": [
                story.services.secrets.link_token(salt)
                for salt in session.scalars(select(DraftShare.salt).where(DraftShare.revoked_at.is_(None)))
            ],
            "session": [str(one) for one in session.scalars(select(HearingSession.id))],
            "group": [str(one) for one in session.scalars(select(CaseGroupRow.id))],
            "item": [str(one) for one in session.scalars(select(HearingItem.id).limit(1))],
            "slug": ["statussen"],
            "bar": [str(one) for one in session.scalars(select(Bar.id))],
            "co_filer": [
                str(one) for one in session.scalars(select(CoFiler.id).where(CoFiler.state == CoFilerState.ASKED))
            ],
            "invitation": [
                str(code_of(story.services.secrets, one))
                for one in session.scalars(select(CoFiler).where(CoFiler.state == CoFilerState.ASKED))
            ],
            "receipt": list(session.scalars(select(Delivery.receipt))),
            "asked": [str(one) for one in session.scalars(select(DocumentRequestRow.id))],
            "message": [
                str(one)
                for one in session.scalars(select(MailRow.id).where(MailRow.body.contains("[[dossier:")).limit(4))
            ],
            "reply": [str(one) for one in session.scalars(select(RequestReply.id))],
            "choice": ["meer-tijd", "niet-van-ons"],
            "filed": list(session.scalars(select(FiledRow.id))),
            "mail_id": [str(one) for one in session.scalars(select(MailRow.id).limit(2))],
            "destruction_id": [str(one) for one in session.scalars(select(DestructionRow.id))],
            "bundle": list(session.scalars(select(CaseBundle.id))),
            "package": list(session.scalars(select(PersonPackage.id))),
            "button": ["extend", "more_documents"],
            "code": ["decide", "bezwaar", "parkeren", "awb-9-11", "13.1"],
            "case_type": ["bezwaar", "klacht"],
            "process": ["bezwaar", "klacht"],
            "move": [str(one) for one in session.scalars(select(ModelMove.id))],
            "name": ["klacht"],
            "part": ["statussen", "verzoeken", "rollen", "brieven"],
            "element": ["CallComplainant"],
            "path": ["status.0"],
            "mail": ["oordeel"],
            "rehearsal": ["ingetrokken"],
            "version": ["1"],
            "variant": ["standard"],
            "publication": list(session.scalars(select(PublicationRow.id))),
            "way": ["digid"],
            "text": ["privacy", "toegankelijkheid", "hulp"],
            "kind": ["retention"],
            "since": ["1966-01-01"],
            "page": ["burger", "afdeling", "werkplek", "brief"],
            "hold_id": ["1"],
            "yearly": ["klachten", "woo"],
        }


def visit_all(app: FastAPI, story: Story, say: Callable[[str], None]) -> dict[str, set[int]]:
    """Look at every page; the answers of each route. `say` is told which page comes."""
    names, answers = names_of(story), dict[str, set[int]]()
    patterns = [pattern for pattern, methods in app.openapi()["paths"].items() if "get" in methods]
    for pattern in patterns:
        if pattern in WHOLE:
            continue
        for who in _visitors(pattern):
            browser = _browser(app, story.services, who)
            for address in dict.fromkeys(_addresses(pattern, names)):
                say(f"page {pattern}")
                answer = browser.get(address, follow_redirects=False).status_code  # the other page has its turn
                answers.setdefault(pattern, set()).add(answer)
                if answer == NOT_FOR_THEM:  # whatever the address names
                    break
    return answers


def sweep_all(services: Services, say: Callable[[str], None]) -> None:
    """Every sweep of the clock, after one in which the anchors caught up with the copies."""
    say("")
    sweep_anchors(services)
    for sweep in SWEEPS:
        say(f"sweep {sweep.name}")
        sweep.run(services)


def who_looked(app: FastAPI, services: Services, say: Callable[[str], None]) -> None:
    """What a data protection officer asks, alone and together, the first page and a later one, on the page and as a file."""
    browser, person = _browser(app, services, "vera"), CITIZEN_ACTORS["tess"](services).subject
    with services.sessions() as session:
        unheard(session)
        number = session.scalars(select(Case.number).order_by(Case.id).limit(1)).one()
        later = session.scalars(select(LookRow.id).order_by(LookRow.at.desc()).offset(2000).limit(1)).one()
        document = session.scalars(select(LookRow.document_id).where(LookRow.document_id.is_not(None)).limit(1)).one()
        reference = session.get_one(DocumentRow, document).reference
    period = "van=2026-04-01&tot=2026-04-30"
    asked = [
        f"zaak={number}", "medewerker=noor", f"persoon={person}", period, f"document={reference}", f"medewerker=noor&{period}",
        f"zaak={number}&medewerker=noor&{period}", f"persoon={person}&medewerker=noor", "medewerker=niemand",
    ]  # fmt: skip
    for page in ("/beheer/inzage", "/beheer/inzage/uitvoer"):
        for question in [*asked, *(f"{one}&na={later}" for one in asked), f"na={later}"]:
            say(f"page {page}")
            assert browser.get(f"{page}?{question}").status_code == 200


def search(app: FastAPI, services: Services, say: Callable[[str], None]) -> None:
    """What a worker types in the box above the list of cases."""
    browser = _browser(app, services, "noor")
    for asked in SEARCHES:
        say("search")
        assert browser.get(f"/werk/zaken?{asked}").status_code == 200


def acting(app: FastAPI, services: Services, say: Callable[[str], None]) -> None:
    """The pages of who acts for another by a mandate, and of who may act for one branch of a company only."""
    with services.sessions() as session:
        unheard(session)
        tess = CITIZEN_ACTORS["tess"](services).subject
        number = session.scalars(
            select(Case.number).join(Party, Party.case_id == Case.id).where(Party.identity_index == tess)
        ).first()
    for kind, told in (
        ({"bsn": "999990676"}, {"for": "bsn:999993653", "for_name": "Tess"}),
        ({"kvk": "68750110"}, {"for": "kvk:68750110", "for_name": "Bouw", "branch": "000012345678"}),
    ):
        client, identity = TestClient(app), {**kind, **told, "level": "high"}
        subject = services.secrets.index(identity_of(identity) or "")
        made = web_sessions.create(services, "citizen", subject, "Iemand", identity=identity)
        client.cookies.set(cookie_name(services.settings, made.kind), made.cookie)
        for page, address in {
            "/mijn": "/mijn",
            "/mijn/zaken/{number}": f"/mijn/zaken/{number}",
            "/mijn/gegevens": "/mijn/gegevens",
        }.items():
            say(f"page {page}")
            assert client.get(address).status_code in {200, 404}


def _visitors(pattern: str) -> Iterable[str]:
    face = next((face for face in reversed(VISITORS) if pattern == face or pattern.startswith(f"{face}/")), "")
    return VISITORS.get(face, ("",))


def _browser(app: FastAPI, services: Services, who: str) -> TestClient:
    client = TestClient(app)
    if who == "parkeren":
        made = web_sessions.create(services, "department", "mailbox", "Parkeren", identity={"mailbox": MAILBOX})
        client.cookies.set(cookie_name(services.settings, made.kind), made.cookie)  # type: ignore[arg-type]
    elif who == "visitor":
        made = web_sessions.create(services, "visitor", VISIT, UNKNOWN_NAME)
        client.cookies.set(cookie_name(services.settings, made.kind), made.cookie)  # type: ignore[arg-type]
    elif who:
        actor: Actor = STAFF_ACTORS.get(who) or CITIZEN_ACTORS[who](services)
        made = signed_in(services, actor)
        client.cookies.set(cookie_name(services.settings, actor.kind), made.cookie)  # type: ignore[arg-type]
    return client


def _addresses(pattern: str, names: Names) -> Iterator[str]:
    """Some of each pattern: its parts go round together, each through its own values."""
    parts = [part.partition("}")[0] for part in pattern.split("{")[1:]]
    values = [cycle(names.get(part) or ["1"]) for part in parts]
    for _ in range(EACH if parts else 1):
        address = pattern
        for part, value in zip(parts, values, strict=True):
            address = address.replace(f"{{{part}}}", next(value))
        yield address
    yield from (f"{address}?{asked}" for asked in ASKED.get(pattern, ()))
