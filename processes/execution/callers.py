"""Users of a called process: the newest version of every drawing, and every version that running cases still have.

A running case starts the newest version of what it calls, so a new version with another contract would stop it there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from engine import Finding, Mismatch, Model, broken_calls, uses_process
from engine.words import Severity
from processes.storage.model_cache import Deployed, ModelCache
from processes.storage.tables import Case, Instance
from processes.storage.words import CaseState, InstancePhase

LIVING = (InstancePhase.RUNNING, InstancePhase.STUCK)
ADVICE = (
    'Laat de invoer, de uitvoer en de termijnen zoals ze zijn, zet optional="true" bij nieuwe invoer, '
    "of geef het proces een nieuwe naam."
)


@dataclass(frozen=True, slots=True)
class CallerVersion:
    """One version that uses the process, and the number of running cases that have it."""

    deployed: Deployed
    running: int

    @property
    def in_words(self) -> str:
        """Its kind, title, version and cases: "Zaaktype 'Bezwaar', versie 2 (3 lopende zaken)"."""
        model = self.deployed.model
        kind, title = ("Zaaktype", model.case_type.title) if model.case_type else ("Proces", model.name)
        cases = {0: "geen lopende zaken", 1: "1 lopende zaak"}.get(self.running, f"{self.running} lopende zaken")
        return f"{kind} '{title or model.process}', versie {self.deployed.version} ({cases})"


def callers_that_break(session: Session, models: ModelCache, called: Model) -> list[Finding]:
    """A finding for each version that does not fit this new version of a called process.

    An error when it fits the version in use; a warning when it does not fit that either, for then nothing gets worse.
    Nobody calls a case type, so that a process that becomes one is taken away from who calls it. By the same contract nothing
    breaks: then no cases are counted.
    """
    newest = models.all_current(session)
    library = {name: one.model for name, one in newest.items()}
    before = library.get(called.process)
    if called.case_type:
        taken_away = before is not None and before.case_type is None
        users = _callers(session, models, newest, called.process) if taken_away else ()
        return [Finding(called.process, Severity.ERROR, "caller-breaks", _taken_away(one)) for one in users]
    if before and _contract(before) == _contract(called):
        return []
    return [
        _finding(caller, called, broken, _already(caller, before, library))
        for caller in _callers(session, models, newest, called.process)
        if (broken := broken_calls(caller.deployed.folder, called, before, library))
    ]


def _taken_away(caller: CallerVersion) -> str:
    what = "een zaaktype kan niet worden aangeroepen. Geef het proces van het zaaktype een nieuwe naam"
    return f"{caller.in_words} gebruikt dit proces en loopt hierop vast: {what}."


def _contract(model: Model) -> tuple[object, ...]:
    calls = frozenset(element.called for element in model.elements.values())
    return (dict(model.inputs), dict(model.outputs), set(model.deadlines), calls)


def _already(caller: CallerVersion, before: Model | None, library: Mapping[str, Model]) -> frozenset[Mismatch]:
    return broken_calls(caller.deployed.folder, before, before, library) if before else frozenset()


def _finding(
    caller: CallerVersion, called: Model, broken: frozenset[Mismatch], already: frozenset[Mismatch]
) -> Finding:
    what = "; ".join(sorted(one.in_words for one in broken))
    if broken <= already:
        message = f"{caller.in_words} past ook niet bij de versie die nu in gebruik is: {what}."
        return Finding(called.process, Severity.WARNING, "caller-breaks", message)
    message = f"{caller.in_words} gebruikt dit proces en loopt hierop vast: {what}. {ADVICE}"
    return Finding(called.process, Severity.ERROR, "caller-breaks", message)


def _callers(
    session: Session, models: ModelCache, newest: Mapping[str, Deployed], process: str
) -> Iterator[CallerVersion]:
    """By process and version, those that use it; not the process itself, whose new version this is about."""
    cases = _running_cases(session)
    known = {one.id: one for one in newest.values()}
    in_use = [known.get(version) or models.find(session, version) for version in {*known, *cases}]
    for one in sorted(filter(None, in_use), key=lambda one: (one.process, one.version)):
        if one.process != process and uses_process(one.model, process):
            yield CallerVersion(one, cases.get(one.id, 0))


def _running_cases(session: Session) -> dict[int, int]:
    """The number of running cases by model version: of the case itself, and of everything that still runs in it."""
    own = select(Case.model_version_id.label("version"), Case.id.label("case")).where(Case.state == CaseState.RUNNING)
    inside = (
        select(Instance.model_version_id, Instance.case_id)
        .join(Case, Case.id == Instance.case_id)
        .where(Case.state == CaseState.RUNNING, Instance.phase.in_(LIVING))
    )
    both = union(own, inside).subquery()
    counted = session.execute(select(both.c.version, func.count()).group_by(both.c.version))
    return dict(counted.all())
