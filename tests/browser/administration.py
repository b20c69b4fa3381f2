"""An installation in which every page of the administration has something to show, and what stands for each part of its addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from kit.cases import add_departments, days_later, open_task, put_in_use, rows, shipped, today
from kit.people import ARIE, BO, FENNA, NOOR, TESS_BSN, VERA, known
from sqlalchemy import update

from browser.conftest import GERDA
from engine.edits import files_of
from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.deploying import DeployFolder
from processes.actions.draft_comments import CommentOnDraft, NewComment, ShareDraft
from processes.actions.drafting import AdoptDrawing, SaveDraftFiles, StartDraft
from processes.actions.holds import HoldTerms, PlaceHold
from processes.actions.house_style import SaveStyleProposal, UseStyle
from processes.actions.law import SaveClosedDay, SaveLawRule
from processes.actions.moving import StartMove
from processes.actions.out_of_use import EndUse
from processes.actions.person_data import FindPerson, MakePackage
from processes.actions.putting_in_use import Plan
from processes.actions.registering import NewParty, RegisterCase
from processes.actions.retention import ApproveDestruction, ProposeDestruction
from processes.actions.tasks import CompleteTask
from processes.base.actor import SYSTEM
from processes.dated.deploying import CODE
from processes.dated.typed_settings import TypedSetting
from processes.house_style.themes import theme
from processes.jobs.retention_sweep import sweep_retention
from processes.jobs.workers import drain
from processes.law import default_book
from processes.law.typed_rules import TypedDay, TypedRule
from processes.reads.admin import hold_file, hold_upload
from processes.reads.studio import SLUGS, read_adopting
from processes.reads.studio.reading_along import enter_reading
from processes.storage.looks import Look, write_look
from processes.storage.services import Services
from processes.storage.tables import (
    Case,
    DestructionHold,
    DestructionRow,
    DraftShare,
    ModelDraftRevision,
    ModelMove,
    PersonPackage,
)
from processes.storage.words import CaseChannel, DestructionState, LookKind, PersonKind
from processes.studio.taken_over import TakenOver

CASE_TYPE: Final = "klacht"
TAKEN: Final = "standplaats"
WIM: Final = NewParty("complainant", "Wim Schijnmaker", identity=TESS_BSN, channel="portal")
LATER: Final = timedelta(days=30)
RULE: Final = default_book().versions("awb-9-11", "standard")[-1]
FOREIGN: Final = b"""<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"><b:process id="p" name="Standplaats">
<b:startEvent id="s" name="Verzoek"/><b:task id="a" name="Bekijken"/><b:endEvent id="e" name="Klaar"/>
<b:sequenceFlow id="f" sourceRef="s" targetRef="a"/><b:sequenceFlow id="g" sourceRef="a" targetRef="e"/></b:process></b:definitions>"""


@dataclass(frozen=True)
class Places:
    """`values` by the name of a part of an address; `exact` by the whole pattern, for parts that must fit each other."""

    values: Mapping[str, str]
    exact: Mapping[str, tuple[str, ...]]

    def addresses(self, pattern: str) -> tuple[str, ...]:
        """Raises KeyError for a part that nothing is known of: a new page says here what stands in its address."""
        return self.exact[pattern] if pattern in self.exact else (pattern.format(**self.values),)


def furnish(services: Services) -> None:
    for actor in (FENNA, GERDA, NOOR, ARIE, BO, VERA):
        known(services, actor, f"{actor.subject}@voorbeeldstad.example")
    add_departments(services, "parkeren", "handhaving")
    put_in_use(services, "stukkenverzoek", "nazending", replace(shipped(CASE_TYPE), rehearsals={}))
    _destroy(services)
    running = _register(services)
    _change_version(services)
    _draft(services)
    _settings(services)
    _law(services)
    _propose(services)
    terms = HoldTerms("De rechter vroeg ernaar.", "2090-01-01", BO.subject)
    act(services, ARIE, PlaceHold(running, terms))
    package = act(services, VERA, FindPerson(services.secrets.index(TESS_BSN), "bsn", "Inzageverzoek 17"))
    act(services, VERA, MakePackage(package, tuple(PersonKind), (rows(services, Case, number=running)[0].id,)))
    write_look(services, NOOR, Look(LookKind.CASE, running, "overview"))
    drain(services)
    _last_long(services)


def places(services: Services) -> Places:
    """Of the installation that `furnish` made, for one session: an upload is of who held it."""
    first, second = rows(services, DestructionRow)
    gone, listed = (first, second) if first.state == DestructionState.DESTROYED else (second, first)
    uploaded, _ = hold_upload(services, FENNA, shipped("nazending"))
    adopted = TakenOver("standplaats.bpmn", FOREIGN)
    held, _ = hold_file(services, FENNA, "overname", "json", adopted.as_file())
    values = {
        "name": CASE_TYPE, "process": CASE_TYPE, "version": "1", "part": "statussen", "element": "CallComplainant", "path": "status.0",
        "mail": "oordeel", "rehearsal": "ingetrokken", "form_name": "intake.json", "number": "0", "code": "parkeren", "day": "2026-12-24",
        "variant": "standard", "kind": "team", "since": str(today(services)), "page": "burger", "share": _token(services), "slug": "statussen",
        "move": str(rows(services, ModelMove)[0].id), "hold_id": str(rows(services, DestructionHold)[0].id),
        "destruction_id": str(listed.id), "package": rows(services, PersonPackage)[0].id,
    }  # fmt: skip
    draft, setting = f"/beheer/zaaktypen/{CASE_TYPE}/ontwerp", "/beheer/instellingen"
    team, rule = f"{setting}/team/regel/klachten", f"/beheer/wettelijke-termijnen/regel/{RULE.code}/{RULE.variant}"
    exact = {
        "/beheer/zaaktypen/nieuw/{reference}": (f"/beheer/zaaktypen/nieuw/{uploaded}",),
        "/beheer/zaaktypen/nieuw/overnemen/{reference}": (f"/beheer/zaaktypen/nieuw/overnemen/{held}",),
        "/beheer/zaaktypen/{name}/ontwerp/overname": (f"/beheer/zaaktypen/{TAKEN}/ontwerp/overname",),
        f"{draft.replace(CASE_TYPE, '{name}')}/elementen/{{element}}/instelling/{{path}}": (
            f"{draft}/elementen/{CASE_TYPE}/instelling/resultType.0/retention.0",
        ),
        f"{draft.replace(CASE_TYPE, '{name}')}/elementen/{{element}}": (
            f"{draft}/elementen/Flow_WhatToDo_LeftAside",
            f"{draft}/elementen/WeekAfter",
        ),
        f"{draft.replace(CASE_TYPE, '{name}')}/{{part}}/nieuw": (
            f"{draft}/resultaten/nieuw?soort=resultType&bij=klacht",
        ),
        "/beheer/wettelijke-termijnen/regel/{code}/{variant}": (rule,),
        "/beheer/wettelijke-termijnen/regel/{code}/{variant}/wijzigen": (f"{rule}/wijzigen",),
        "/beheer/wettelijke-termijnen/regel/{code}/{variant}/{since}/weghalen": (
            f"{rule}/{today(services) + LATER}/weghalen",
        ),
        "/beheer/wettelijke-termijnen/dagen/{day}/weghalen": (
            f"/beheer/wettelijke-termijnen/dagen/{today(services) + LATER}/weghalen",
        ),
        "/beheer/vernietiging/verklaringen/{destruction_id}": (f"/beheer/vernietiging/verklaringen/{gone.id}",),
        "/beheer/zaaktypen/{process}/voorstel": ("/beheer/zaaktypen/nazending/voorstel",),
        "/beheer/zaaktypen/{process}/verplaatsen/proef": (f"/beheer/zaaktypen/{CASE_TYPE}/verplaatsen/proef?van=1",),
        "/beheer/instellingen/{kind}/regel/{code}": (team, f"{setting}/mail_sender/regel/alle-mail"),
        "/beheer/instellingen/{kind}/regel/{code}/wijzigen": (
            f"{team}/wijzigen",
            f"{setting}/uploads/regel/uploaden/wijzigen",
            f"{setting}/organisation/regel/organisatie/wijzigen",
        ),
        "/beheer/instellingen/{kind}/regel/{code}/{since}/terugnemen": (
            f"{setting}/deploying/regel/{CODE}/{today(services)}/terugnemen",
        ),
        "/beheer/zaaktypen/{name}/ontwerp/{part}": tuple(f"{draft}/{slug}" for slug in SLUGS.values()),
    }
    return Places(values, exact)


def _register(services: Services) -> str:
    story = {"what_happened": "Aan de balie werd ik uitgelachen."}
    action = RegisterCase(CASE_TYPE, CaseChannel.LETTER, today(services), (WIM,), (), story)
    return act(services, NOOR, action)


def _destroy(services: Services) -> None:
    """Two closed complaints that are due: one is destroyed, the other one stays on the list."""
    intake = {"about_conduct": False, "route": "doorsturen", "forward_to": "de politie", "forward_address": "Postbus 2, Voorbeeldstad",
              "department": "handhaving"}  # fmt: skip
    for _ in range(2):
        number = _register(services)
        act(services, NOOR, CompleteTask(open_task(services, "Intake", number), intake))
    days_later(services, 400)
    sweep_retention(services)
    first = rows(services, DestructionRow)[0].id
    act(services, ARIE, ProposeDestruction((first,)))
    act(services, BO, ApproveDestruction((first,)))
    drain(services)


def _change_version(services: Services) -> None:
    """A second version, over which the running case goes."""
    folder = replace(shipped(CASE_TYPE), rehearsals={})
    act(
        services,
        SYSTEM,
        DeployFolder(replace(folder, drawing=folder.drawing.replace(b'title="', b'title="Nieuw: ', 1))),
    )
    act(services, FENNA, StartMove(CASE_TYPE, 1))
    drain(services)


def _draft(services: Services) -> None:
    """A draft that is read along, one that was taken over, and a version that waits for a second administrator."""
    act(services, FENNA, StartDraft(CASE_TYPE))
    put = {
        name: content for name, content in files_of(shipped(CASE_TYPE)).items() if name == "rehearsals/ingetrokken.yaml"
    }
    put["mails/oordeel.txt"] = b"Onderwerp: Oordeel\n\nHierbij ons oordeel.\n"
    act(services, FENNA, SaveDraftFiles(CASE_TYPE, rows(services, ModelDraftRevision)[0].id, "Tekst veranderd.", put))
    act(services, FENNA, ShareDraft(CASE_TYPE, "Jurist Joost", today(services) + timedelta(days=14)))
    said = NewComment("statussen/instelling/x/status.0", "Status", "Ontvangen", "Dit is te vaag.")
    token = _token(services)
    act(services, enter_reading(services, token), CommentOnDraft(token, "Joost", (said,)))
    page = read_adopting(services, FENNA, TakenOver("standplaats.bpmn", FOREIGN))
    act(services, FENNA, AdoptDrawing(page.names, page.files, page.taken.file))


def _settings(services: Services) -> None:
    """A team, and house styles: one that waits for its day and one that is proposed."""
    team = {"name": "team Klachten", "mailbox": "", "members": NOOR.subject, "case_types": CASE_TYPE}
    act(services, FENNA, SaveSetting(TypedSetting("team", "klachten", str(today(services)), team, "Nieuw.", new=True)))
    for code in ("lindewaard", "duinstede"):
        style, files = theme(code)
        act(services, FENNA, SaveStyleProposal(style, tuple(files.values())))
        if code == "lindewaard":
            act(services, FENNA, UseStyle(today(services) + timedelta(days=400), "Voor later.", style.digest))


def _law(services: Services) -> None:
    """A term and a closed day of an administrator, from a later day on."""
    since, looked_up = str(today(services) + LATER), str(today(services))
    term = TypedRule(
        RULE.code, RULE.variant, since, RULE.title, RULE.article, "5", RULE.unit, RULE.after or "", RULE.counts_from,
        str(RULE.extension or ""), RULE.extension_unit, RULE.extension_article or "", RULE.consent or "", RULE.moved_by_termijnenwet,
        RULE.backwards, RULE.source, looked_up, RULE.certainty,
    )  # fmt: skip
    act(services, FENNA, SaveLawRule(term))
    act(
        services,
        FENNA,
        SaveClosedDay(TypedDay(since, "gelijkgesteld met een feestdag", "Een verzonnen besluit", looked_up, "high")),
    )


def _last_long(services: Services) -> None:
    """The link of the reader and the package of a person last as long as the clock of the machine goes on."""
    with services.sessions.begin() as session:
        session.execute(update(DraftShare).values(until=date(2090, 1, 1)))
        session.execute(update(PersonPackage).values(delete_from=datetime(2090, 1, 1, tzinfo=UTC)))


def _propose(services: Services) -> None:
    """A version of another process that waits for a second administrator."""
    rule = TypedSetting("deploying", CODE, str(today(services)), {"second": "ja"}, "Met zijn tweeën.")
    act(services, FENNA, SaveSetting(rule))
    folder = shipped("nazending")
    changed = folder.drawing.replace(b'name="', b'name="Nieuw: ', 1)
    act(services, FENNA, DeployFolder(replace(folder, drawing=changed, rehearsals={}), Plan("Een beter woord.")))
    act(
        services,
        FENNA,
        EndUse(CASE_TYPE, today(services) + timedelta(days=60), "Dit kan straks niet meer.", "Nieuwe wet."),
    )


def _token(services: Services) -> str:
    return services.secrets.link_token(rows(services, DraftShare)[0].salt)
