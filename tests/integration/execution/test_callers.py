"""A called process with another contract is refused while somebody uses it, and an alarm goes when its cause is gone."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from kit.cases import BEZWAAR, INTAKE, add_departments, do, open_task, put_in_use, register_bezwaar, rows
from kit.people import FENNA, NOOR, TESS
from kit.sketches import Sketch, form
from sqlalchemy import select, update

from engine import Finding, Folder, Model, read_folder, read_model
from engine.words import Severity
from processes.actions import act
from processes.actions.course import RetryCase
from processes.actions.deploying import DeployFolder, Refused
from processes.actions.registering import RegisterCase
from processes.actions.tasks import CompleteTask
from processes.execution.alarms import WARNING_FAILED
from processes.execution.callers import callers_that_break
from processes.execution.case_execution import Poisoned
from processes.execution.parking import park_after, warn
from processes.jobs.alarm_sweep import sweep_alarms
from processes.jobs.workers import carry_out
from processes.storage.case_type_folders import check_path
from processes.storage.model_cache import fingerprint, pack
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, Instance, ModelVersion, OutboxRow

GIVEN = Path(__file__).parents[2] / "data" / "cases" / "model-called-process-that-breaks-its-callers" / "stukkenverzoek"
STAFF = '<case:role side="worker"/>'
TYPE = '<case:caseType identification="hoofd" title="Hoofdzaak" prefix="HFD" publishedFrom="Begin"/>'
RESULT = '<case:resultType code="klaar" description="Klaar" retention="13.1"/>'
HULP_SETTINGS = """
<case:input code="question" title="Vraag" type="text"/>
<case:output code="answer" title="Antwoord" type="text"/>
"""
HULP = Sketch(
    HULP_SETTINGS,
    'startEvent Asked\nuserTask Answer :: <case:form schema="answer.json"/>\nendEvent Told\nAsked > Answer\nAnswer > Told',
    STAFF, "", {"answer.json": form({"type": "textfield", "key": "answer", "label": "Antwoord"})}, {},
    'id="hulp" name="Hulp" isExecutable="true"',
)  # fmt: skip
HOOFD = Sketch(
    f'{TYPE}{RESULT}<case:value code="question" title="Vraag" type="text"/><case:value code="answer" title="Antwoord" type="text"/>',
    'startEvent Begin :: <case:status code="begun" name="Begonnen" order="10"/>\n'
    'userTask Ask :: <case:form schema="ask.json"/>\ncallActivity Call calledElement="hulp"\n'
    'endEvent Done :: <case:result type="klaar"/>\nBegin > Ask\nAsk > Call\nCall > Done',
    STAFF, "", {"ask.json": form({"type": "textfield", "key": "question", "label": "Vraag"})}, {},
    'id="hoofd" name="Hoofd" isExecutable="true"',
)  # fmt: skip
ALONE = HOOFD.changed(
    "body", 'callActivity Call calledElement="hulp"', 'userTask Call :: <case:form schema="ask.json"/>'
)
BUTTON = ALONE.changed("settings", RESULT, RESULT + '<case:onDemand code="help" label="Hulp" process="hulp"/>')
DEADLINE = '<case:deadline code="soon" title="Zoektermijn" duration="P5D" calendar="working" from="today()"/>'
MORE = '<case:input code="extra" title="Extra" type="text"/>'
OPTIONAL = '<case:input code="extra" title="Extra" type="text" optional="true"/>'
LATE = (
    'boundaryEvent Late attachedToRef="Answer" ;; <bpmn:timerEventDefinition><bpmn:timeDate>'
    "at(deadline.soon - days(2), 8)</bpmn:timeDate></bpmn:timerEventDefinition>\nendEvent TooLate\nLate > TooLate\n"
)
TIMED = ("userTask Answer", f"{LATE}userTask Answer")


def folder(sketch: Sketch, name: str) -> Folder:
    return replace(sketch.folder(), name=name)


def furnish(services: Services) -> None:
    put_in_use(services, folder(HULP, "hulp"), folder(HOOFD, "hoofd"))


@pytest.fixture
def small(installed) -> Services:
    return installed(furnish)


@pytest.fixture
def objections(installed) -> Services:
    def fill(services: Services) -> None:
        add_departments(services, "parkeren")
        put_in_use(services, *BEZWAAR)

    return installed(fill)


def begin(services: Services) -> str:
    day = services.clock.now().date()
    return act(services, NOOR, RegisterCase("hoofd", "letter", day, (TESS,)))


def refusal(services: Services, one: Folder) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(services, FENNA, DeployFolder(one))
    return told(refused.value.findings)


def told(findings: Sequence[Finding]) -> list[str]:
    return [one.message for one in findings if one.code == "caller-breaks" and one.severity == Severity.ERROR]


def smuggle(services: Services, one: Folder) -> None:
    """In use without a check, as a release before this one did."""
    model = read_model(one.drawing).model
    assert model
    with services.sessions.begin() as session:
        latest = select(ModelVersion.version).where(ModelVersion.process == model.process)
        version = max(session.scalars(latest)) + 1
        session.add(
            ModelVersion(process=model.process, version=version, title=model.name, is_case_type=False, folder=pack(one),
                         sha256=fingerprint(one), deployed_at=services.clock.now(), deployed_by="system")
        )  # fmt: skip


def work_off(services: Services) -> None:
    """Everything that waits in the outbox."""
    for row in rows(services, OutboxRow, done_at=None):
        carry_out(services, row.id)


def alarm(services: Services) -> str | None:
    with services.sessions() as session:
        return session.scalars(select(Case.alarm)).one()


def test_the_given_process_is_refused_and_nothing_of_a_running_case_stops(objections: Services) -> None:
    register_bezwaar(objections)
    (message,) = refusal(objections, read_folder(GIVEN))
    assert message.startswith(
        "Zaaktype 'Bezwaar', versie 1 (1 lopende zaak) gebruikt dit proces en loopt hierop vast: "
    )
    assert "geeft `search_words` (text) niet mee" in message
    assert "kent de termijn `search_term` niet" in message
    do(objections, "Intake", **INTAKE, route="zonder_horen")
    assert open_task(objections, "DeliverDocuments")
    assert alarm(objections) is None


@pytest.mark.parametrize(("part", "before", "after", "said"), [
    ("settings", "<case:output", f"{MORE}<case:output", "geeft `extra` (text) niet mee"),
    ("settings", 'title="Vraag" type="text"', 'title="Vraag" type="number"', "geeft `question` (number) niet mee"),
    ("settings", 'title="Vraag" type="text"', 'title="Vraag" type="text" list="true"', "geeft `question` (text) niet mee"),
    ("settings", 'title="Antwoord" type="text"', 'title="Antwoord" type="date"', "verwacht `answer` van een ander soort dan date"),
    ("settings", "<case:output code", "<case:value code", "verwacht `answer` terug"),
    ("settings", "<case:output", f"{DEADLINE}<case:output", "kent de termijn `soon` niet"),
    ("settings", 'title="Vraag"', 'title="Vraag aan u"', None),
    ("settings", "<case:output", f"{OPTIONAL}<case:output", None),
    ("settings", "<case:output", '<case:output code="more" title="Meer" type="text"/><case:output', None),
    ("settings", '<case:input code="question" title="Vraag" type="text"/>', "", None),
])  # fmt: skip
def test_a_change_breaks_its_caller_or_not(
    small: Services, part: str, before: str, after: str, said: str | None
) -> None:
    begin(small)
    changed = folder(HULP.changed(part, before, after), "hulp")
    if said is None:
        assert act(small, FENNA, DeployFolder(changed)) == "hulp:2"
        return
    (message,) = refusal(small, changed)
    assert message.startswith("Zaaktype 'Hoofdzaak', versie 1 (1 lopende zaak) ")
    assert f"loopt hierop vast: {said}. " in message


def test_a_version_that_only_running_cases_have_counts_as_well(small: Services) -> None:
    changed = folder(HULP.changed("settings", "<case:output", f"{MORE}<case:output"), "hulp")
    begin(small)
    begin(small)
    put_in_use(small, folder(ALONE, "hoofd"))
    (message,) = refusal(small, changed)
    assert "versie 1 (2 lopende zaken)" in message
    with small.sessions.begin() as session:
        session.execute(update(Case).values(state="closed"))
        session.execute(update(Instance).values(phase="finished"))
    assert act(small, FENNA, DeployFolder(changed)) == "hulp:2"


def test_each_version_that_breaks_is_named_by_itself(small: Services) -> None:
    begin(small)
    put_in_use(small, folder(HOOFD.changed("body", "Begonnen", "Binnen"), "hoofd"))
    changed = folder(HULP.changed("settings", "<case:output", f"{MORE}<case:output"), "hulp")
    first, second = refusal(small, changed)
    assert "versie 1 (1 lopende zaak)" in first
    assert "versie 2 (geen lopende zaken)" in second


@pytest.mark.parametrize(("more", "said"), [
    (MORE, "geeft `extra` (text) niet mee"), (DEADLINE, "kent de termijn `soon` niet"), (OPTIONAL, None),
])  # fmt: skip
def test_a_button_gives_nothing_along(small: Services, more: str, said: str | None) -> None:
    put_in_use(small, folder(BUTTON, "hoofd"))
    changed = folder(HULP.changed("settings", "<case:output", f"{more}<case:output"), "hulp")
    if said is None:
        assert act(small, FENNA, DeployFolder(changed)) == "hulp:2"
        return
    (message,) = refusal(small, changed)
    assert f"loopt hierop vast: {said}. " in message


def test_an_output_that_the_caller_also_asks_itself_may_go(small: Services) -> None:
    both = form(*({"type": "textfield", "key": key, "label": key} for key in ("question", "answer")))
    put_in_use(small, folder(replace(HOOFD, forms={"ask.json": both}), "hoofd"))
    gone = HULP.changed("settings", "<case:output code", "<case:value code")
    assert act(small, FENNA, DeployFolder(folder(gone, "hulp"))) == "hulp:2"


BREAKS = HULP.changed("settings", "<case:output", f"{MORE}{DEADLINE}<case:output").changed("body", *TIMED)


def test_what_was_broken_already_is_a_warning_and_does_not_stop_a_repair(small: Services) -> None:
    smuggle(small, folder(BREAKS, "hulp"))
    better = folder(BREAKS.changed("settings", 'title="Vraag"', 'title="Vraag aan u"'), "hulp")
    with small.sessions() as session:
        model: Model | None = read_model(better.drawing).model
        assert model
        (finding,) = callers_that_break(session, small.models, model)
    assert (finding.severity, "past ook niet bij de versie die nu in gebruik is" in finding.message) == (
        "warning",
        True,
    )


def test_s15_a_process_that_is_taken_away_from_its_callers_as_a_case_type_is_refused(small: Services) -> None:
    begin(small)
    kind = '<case:caseType identification="hulp" title="Hulp" prefix="HLP"/><case:resultType code="weg" description="Weg" retention="13.1"/>'
    taken = folder(HULP.changed("settings", "<case:input", f"{kind}<case:input"), "hulp")
    with small.sessions() as session:
        model = read_model(taken.drawing).model
        assert model
        messages = told(callers_that_break(session, small.models, model))
    (message,) = messages
    assert message.startswith(
        "Zaaktype 'Hoofdzaak', versie 1 (1 lopende zaak) gebruikt dit proces en loopt hierop vast: "
    )
    assert "een zaaktype kan niet worden aangeroepen" in message


def ask(services: Services) -> None:
    act(services, NOOR, CompleteTask(open_task(services, "Ask"), {"question": "Hoe?"}))


def test_a_step_that_failed_leaves_an_alarm_until_the_process_is_repaired(small: Services) -> None:
    begin(small)
    smuggle(small, folder(BREAKS, "hulp"))
    with pytest.raises(Poisoned):
        ask(small)
    assert (alarm(small) or "").startswith("Proces hulp kan niet beginnen: ")
    put_in_use(small, folder(HULP.changed("settings", 'title="Vraag"', 'title="Vraag aan u"'), "hulp"))
    work_off(small)
    assert alarm(small) is None
    ask(small)
    assert open_task(small, "Answer")


def test_a_parked_case_goes_on_when_the_process_is_repaired(small: Services) -> None:
    begin(small)
    smuggle(small, folder(BREAKS, "hulp"))
    (case,) = rows(small, Case)
    with pytest.raises(Poisoned) as poisoned:
        ask(small)
    assert park_after(small, case.id, poisoned.value, "Onbekend")
    assert {row.phase for row in rows(small, Instance)} == {"stuck"}
    put_in_use(small, folder(HULP.changed("settings", 'title="Vraag"', 'title="Vraag aan u"'), "hulp"))
    work_off(small)
    assert {row.phase for row in rows(small, Instance)} == {"running"}
    assert alarm(small) is None


def test_a_new_version_of_another_process_leaves_an_alarm_alone(small: Services) -> None:
    begin(small)
    smuggle(small, folder(BREAKS, "hulp"))
    with pytest.raises(Poisoned):
        ask(small)
    put_in_use(small, folder(ALONE, "hoofd"))
    work_off(small)
    assert (alarm(small) or "").startswith("Proces hulp kan niet beginnen: ")


def test_a_new_version_that_does_not_repair_it_brings_the_alarm_back_at_the_next_try(small: Services) -> None:
    begin(small)
    smuggle(small, folder(BREAKS, "hulp"))
    with pytest.raises(Poisoned):
        ask(small)
    smuggle(small, folder(BREAKS.changed("body", "days(2), 8", "days(2), 9"), "hulp"))
    with pytest.raises(Poisoned):
        ask(small)
    assert alarm(small)


def test_an_alarm_goes_with_the_next_step_that_succeeds(small: Services) -> None:
    begin(small)
    (case,) = rows(small, Case)
    warn(small, case.id, "Iets ging mis")
    ask(small)
    assert alarm(small) is None


def test_a_parked_process_keeps_its_alarm_while_another_goes_on(small: Services) -> None:
    begin(small)
    ask(small)
    (case,) = rows(small, Case)
    with small.sessions.begin() as session:
        session.execute(update(Instance).where(Instance.is_root).values(phase="stuck", error="Kapot"))
        session.execute(update(Case).values(alarm="Kapot"))
    act(small, NOOR, CompleteTask(open_task(small, "Answer"), {"answer": "Zo"}))
    assert alarm(small) == "Kapot"
    act(small, FENNA, RetryCase(case.number))
    assert alarm(small) is None
    assert {row.phase for row in rows(small, Instance, is_root=True)} == {"running"}


def test_t2_a_case_that_stood_still_goes_on_by_itself_once_the_cause_is_gone(small: Services) -> None:
    begin(small)
    ask(small)
    with small.sessions.begin() as session:
        stopped = Instance.is_root
        session.execute(update(Instance).where(stopped).values(phase="stuck", error="Kapot"))
        session.execute(update(Case).values(alarm="Kapot"))
        whole = session.scalars(select(Instance.state).where(stopped)).one()
        session.execute(update(Instance).where(stopped).values(state=b"kapot"))
    tried = len(rows(small, AuditRow))
    assert sweep_alarms(small) == 0
    assert alarm(small) == "Kapot"
    assert len(rows(small, AuditRow)) == tried
    with small.sessions.begin() as session:
        session.execute(update(Instance).where(stopped).values(state=whole))
    assert sweep_alarms(small) == 1
    assert alarm(small) is None
    assert {row.phase for row in rows(small, Instance, is_root=True)} == {"running"}


def test_a_failed_warning_is_not_solved_by_a_step(small: Services) -> None:
    begin(small)
    (case,) = rows(small, Case)
    warn(small, case.id, WARNING_FAILED)
    ask(small)
    assert alarm(small) == WARNING_FAILED


def test_lint_holds_a_called_process_against_the_folders_beside_it(tmp_path: Path) -> None:
    home = Path(__file__).parents[3] / "bpmn"
    shutil.copytree(home, beside := tmp_path / "bpmn")
    assert check_path(beside / "stukkenverzoek") == []
    shutil.copytree(GIVEN, beside / "stukkenverzoek", dirs_exist_ok=True)
    found = {
        line.message.split("`")[1] for line in check_path(beside / "stukkenverzoek") if line.code == "caller-breaks"
    }
    users = {
        one.name for one in home.iterdir() if 'calledElement="stukkenverzoek"' in (one / f"{one.name}.bpmn").read_text()
    }
    assert found == users
