"""S15: the processes that a case called go along to the newest version of their drawing, in the dry run, the move and the way back."""

from dataclasses import replace

import pytest
from kit.cases import do, rows
from kit.people import FENNA
from kit.sketches import Sketch, form
from kit.small_types import FIRST, case_of, deploy, folder, register

from engine import Folder
from processes.actions import act
from processes.actions.moving import ReturnCase, StartMove
from processes.base.errors import Invalid
from processes.jobs.verification import verify
from processes.jobs.workers import drain
from processes.reads.admin import try_move
from processes.storage.model_cache import fingerprint, pack
from processes.storage.services import Services
from processes.storage.tables import (
    AuditRow,
    CaseMove,
    DocumentRequestRow,
    Instance,
    MailRow,
    ModelMove,
    ModelVersion,
    NoteRow,
    TaskRow,
)

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
CALLED = Sketch(
    "", 'startEvent Begin\nuserTask Help name="Help" :: <case:form schema="work.json"/>\nendEvent Done\nBegin > Help\nHelp > Done',
    FIRST.lane, "", {"work.json": '{"type": "default", "components": []}'}, {}, 'id="hulp" name="Hulp" isExecutable="true"',
)  # fmt: skip
LONGER = replace(
    CALLED.changed("body", "Help > Done", "Help > More\nMore > Done").changed("body", 'name="Help"', 'name="Hulp nu"'),
).changed("body", "endEvent Done", 'userTask More :: <case:form schema="work.json"/>\nendEvent Done')
ANEW = replace(CALLED, body=CALLED.body.replace("Help", "Support").replace('name="Support"', 'name="Help"'))
CALLER = replace(
    FIRST,
    body='startEvent Begin :: <case:form schema="start.json"/><case:status code="begun" name="Begonnen" order="10"/>\n'
    'callActivity Ask name="Vraag hulp" calledElement="hulp"\nuserTask Work :: <case:form schema="work.json"/>\n'
    'endEvent Done :: <case:result value="dictum"/>\nBegin > Ask\nAsk > Work\nWork > Done',
)
CALLER_NOW = CALLER.changed("body", 'name="Vraag hulp"', 'name="Vraag om hulp"')


def in_a_called_process(services: Services) -> str:
    """The number of a case that waits in the process that it called."""
    deploy(services, CALLED, "hulp")
    deploy(services, CALLER, "eerste")
    return register(services)


def state_of(services: Services, number: str) -> object:
    case = case_of(services, number).id
    versions = {row.id: row.version for row in rows(services, ModelVersion)}
    return (
        [
            (one.process, versions[one.model_version_id], one.state, one.timers)
            for one in rows(services, Instance, case_id=case)
        ],
        [(one.id, one.element, one.name, one.role) for one in rows(services, TaskRow, case_id=case)],
    )


def versions_of(services: Services, number: str) -> list[tuple[str, int]]:
    return [(process, version) for process, version, *_ in state_of(services, number)[0]]


def moved(services: Services, **names: str) -> ModelMove:
    renamed = {one.replace("__", "/"): to for one, to in names.items()}
    act(services, FENNA, StartMove("eerste", 2, renamed))
    drain(services)
    return rows(services, ModelMove)[-1]


def test_s15_a_called_process_goes_along_ends_by_its_new_version_and_can_go_back(services: Services) -> None:
    number = in_a_called_process(services)
    deploy(services, LONGER, "hulp")
    deploy(services, CALLER_NOW, "eerste")
    before = state_of(services, number)
    trial = try_move(services, FENNA, "eerste", 2, {})
    assert (trial.can, trial.along) == (1, (("Hulp", 1),))
    assert state_of(services, number) == before, "the dry run changes nothing"
    move = moved(services)
    assert versions_of(services, number) == [("eerste", 3), ("hulp", 2)]
    assert [row.name for row in rows(services, TaskRow, state="open")] == ["Hulp nu"]
    assert rows(services, NoteRow)[-1].text == (
        "Deze zaak loopt verder op versie 3. Het proces 'Hulp' in deze zaak loopt verder op versie 2."
    )
    (told,) = (row.detail for row in rows(services, AuditRow) if row.action == "case_moved")
    assert told["called"] == "hulp 2"
    act(services, FENNA, ReturnCase(move.id, number))
    assert state_of(services, number) == before
    moved(services)
    do(services, "Help")
    do(services, "More")
    do(services, "Work", dictum="klaar", amount=1)
    assert case_of(services, number).state == "closed"
    assert verify(services) == []


def test_s15_a_called_process_that_does_not_fit_refuses_its_case_until_the_map_says_what_became_of_it(
    services: Services,
) -> None:
    number = in_a_called_process(services)
    deploy(services, ANEW, "hulp")
    deploy(services, CALLER_NOW, "eerste")
    before = state_of(services, number)
    trial = try_move(services, FENNA, "eerste", 2, {})
    reason = "In het proces 'Hulp': de zaak staat op 'Help' (Help). Dit onderdeel bestaat niet meer."
    assert [group.reason for group in trial.refused] == [reason]
    (row,) = trial.renames
    assert (row.element, [code for code, _ in row.choices]) == ("hulp/Help", ["Support"])
    moved(services)
    assert [(one.state, one.reason) for one in rows(services, CaseMove)] == [("refused", reason)]
    assert state_of(services, number) == before
    with pytest.raises(Invalid, match="nieuwe tekening van 'hulp'"):
        moved(services, hulp__Help="Nergens")
    assert try_move(services, FENNA, "eerste", 2, {"hulp/Help": "Support"}).can == 1
    moved(services, hulp__Help="Support")
    assert versions_of(services, number) == [("eerste", 3), ("hulp", 2)]
    do(services, "Support")
    do(services, "Work", dictum="klaar", amount=1)
    assert case_of(services, number).state == "closed"


LETTER = '<case:documentType code="letter" name="Brief"/>'
WANTED = (
    '<case:documentRequest department="\'wonen\'" term="P10D" mail="vraag">'
    '<case:document type="letter" description="Brief"/></case:documentRequest>'
)


def asking(caller: Sketch) -> Sketch:
    """The same, and the called process is asked for documents of Wonen."""
    settings = caller.settings.replace("<case:resultType", f"{LETTER}<case:resultType", 1)
    body = caller.body.replace('calledElement="hulp"', f'calledElement="hulp" :: {WANTED}')
    return replace(caller, settings=settings, body=body, mails={"vraag.txt": "Onderwerp: Stukken\n\nGraag de brief.\n"})


def test_s15_a_request_for_documents_stays_what_was_asked(services: Services) -> None:
    deploy(services, CALLED, "hulp")
    deploy(services, asking(CALLER), "eerste")
    number = register(services)

    def asked() -> list[object]:
        found = rows(services, DocumentRequestRow, case_id=case_of(services, number).id)
        return [(one.id, one.instance_id, one.dossier_id, one.due, one.wanted, one.closed_at) for one in found]

    before, mails = asked(), len(rows(services, MailRow))
    assert len(before) == 1
    deploy(services, LONGER, "hulp")
    later = asking(CALLER_NOW).changed("body", 'term="P10D"', 'term="P20D"')
    deploy(services, later, "eerste")
    moved(services)
    assert versions_of(services, number) == [("eerste", 3), ("hulp", 2)]
    assert asked() == before
    assert len(rows(services, MailRow)) == mails, "nobody is asked twice"


NOTE = '<case:value code="note" title="Notitie" type="text"/>'
NOTING = replace(
    CALLED,
    settings=NOTE,
    body=CALLED.body.replace("userTask Help", 'userTask Note :: <case:form schema="note.json"/>\nuserTask Help')
    .replace("Begin > Help", "Begin > Note\nNote > Help"),
    forms={**CALLED.forms, "note.json": form({"type": "textfield", "key": "note", "label": "Notitie"})},
)  # fmt: skip
NUMBER = NOTING.changed("settings", 'type="text"', 'type="number"').changed("forms", '"textfield"', '"number"')
GIVEN = NOTING.changed("settings", NOTE, f'{NOTE}<case:input code="extra" title="Meer" type="text"/>')


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (NUMBER, "het gegeven 'Notitie' is ingevuld en is nu van een ander soort."),
        (GIVEN, "de nieuwe versie krijgt 'Meer' van de zaak, en dat is niet meegegeven."),
    ],
)
def test_s15_what_a_called_process_holds_must_fit_its_new_version(
    services: Services, later: Sketch, reason: str
) -> None:
    deploy(services, NOTING, "hulp")
    deploy(services, CALLER, "eerste")
    number = register(services)
    do(services, "Note", note="Gebeld")
    smuggle(services, folder(later, "hulp"))
    gives = '<case:value code="extra" title="Meer" type="text"/><case:resultType code="klaar"'
    deploy(services, CALLER_NOW.changed("settings", '<case:resultType code="klaar"', gives), "eerste")
    moved(services)
    assert [(one.state, one.reason) for one in rows(services, CaseMove)] == [
        ("refused", f"In het proces 'Hulp': {reason}")
    ]
    assert versions_of(services, number) == [("eerste", 2), ("hulp", 1)]


def smuggle(services: Services, one: Folder) -> None:
    """In use without a check, as a release before this one did."""
    with services.sessions.begin() as session:
        session.add(
            ModelVersion(process=one.name, version=2, title="Hulp", is_case_type=False, folder=pack(one), sha256=fingerprint(one),
                         deployed_at=services.clock.now(), deployed_by="system")
        )  # fmt: skip
