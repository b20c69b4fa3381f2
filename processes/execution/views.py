"""The views of third parties on what becomes public (Woo 4.4(3); Awb 4:8), and what the municipality answers each of them.

A view belongs to the person who gave it: no other third party reads it, nor who asked for the documents. An answer is kept with
the process that decides, under TO_EACH and the code of its value, as `{id of the party: text}`.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from engine import Model
from engine.words import ValueType
from processes.base.errors import Invalid, NotFound
from processes.execution.assessing import parties_about
from processes.execution.case_execution import CaseExecution
from processes.execution.facts import ITEM
from processes.execution.parts import part_of
from processes.storage.model_cache import ModelCache
from processes.storage.tables import CaseValue, Instance, Party

TO_EACH: Final = "to_each."
LONGEST_ANSWER: Final = 5_000


def views_given(session: Session, models: ModelCache, case_id: int) -> dict[int, str]:
    """By id of a party what that party answered when it was asked for a view, each round in order, as text."""
    item = and_(CaseValue.instance_id == Instance.id, CaseValue.code == ITEM)
    called = select(Instance, CaseValue.value).join(CaseValue, item).where(Instance.case_id == case_id)
    found: dict[int, list[str]] = {}
    for instance, party in session.execute(called.order_by(Instance.id)):
        deployed = models.find(session, instance.model_version_id)
        asked = deployed.model.inputs.get(ITEM) if deployed else None
        if deployed is None or asked is None or asked.type != ValueType.PARTY:
            continue
        stored = select(CaseValue.code, CaseValue.value).where(CaseValue.instance_id == instance.id)
        if said := _in_words(deployed.model, dict(session.execute(stored).all())):
            found.setdefault(int(party), []).append(said)
    return {party: "\n\n".join(said) for party, said in found.items()}


def to_answer(session: Session, models: ModelCache, instance: Instance) -> dict[int, str]:
    """The views that the decision of this process answers: of a part decision those of whom its documents are about."""
    views = views_given(session, models, instance.case_id)
    part = part_of(session, instance)
    if part is None:
        return views
    concerned = parties_about(session, instance.case_id, part)
    return {party: view for party, view in views.items() if party in concerned}


def keep_answers(
    run: CaseExecution, instance: Instance, code: str, given: Mapping[int, str], *, each: bool
) -> str | None:
    """Keep the answer to each view; the answer are all of them as one text for staff. `each`: no view may stay without one.

    Raises Invalid under `answer-<id of the party>`, NotFound for who gave no view.
    """
    views = to_answer(run.work.session, run.work.services.models, instance)
    answers = {party: text.strip() for party, text in given.items() if text.strip()}
    if set(answers) - set(views):
        raise NotFound("Een van deze derden gaf geen zienswijze. Laad de pagina opnieuw.")
    wrong = {
        f"answer-{party}": "Schrijf wat u met deze reactie deed." for party in views if each and party not in answers
    }
    for party, text in answers.items():
        if len(text) > LONGEST_ANSWER:
            wrong[f"answer-{party}"] = f"Maak dit antwoord korter: hoogstens {LONGEST_ANSWER} tekens."
    if wrong:
        raise Invalid(wrong)
    run.data.store(instance, {TO_EACH + code: {str(party): text for party, text in answers.items()}})
    names = dict(run.work.session.execute(select(Party.id, Party.name).where(Party.id.in_(answers))).all())
    return "\n".join(f"{names[party]}: {text}" for party, text in answers.items()) or None


def answers_in(stored: Mapping[str, Any], party: int) -> str:
    """The answer to this party among the stored values of a process; empty without one."""
    kept = (said for code, said in stored.items() if code.startswith(TO_EACH) and isinstance(said, dict))
    return next((str(said[str(party)]) for said in kept if said.get(str(party))), "")


def own_words(run: CaseExecution, instance: Instance | None, parties: Iterable[int]) -> dict[str, str]:
    """`own.view` and `own.answer` of a letter: what its reader answered (or whom the reader speaks for), and what was done with it."""
    session, wanted = run.work.session, list(parties)
    views = views_given(session, run.work.services.models, run.case.id)
    decides = instance if instance is not None and not instance.is_root else run.root_instance()
    stored = run.data.values(decides)
    return {
        "own.view": "\n\n".join(views[party] for party in wanted if party in views),
        "own.answer": "\n\n".join(filter(None, (answers_in(stored, party) for party in wanted))),
    }


def _in_words(model: Model, stored: Mapping[str, Any]) -> str:
    """The choices by their titles and the texts that somebody filled in, in the order of the drawing."""
    lines = []
    for code, setting in model.values.items():
        value = stored.get(code)
        if not value or setting.type not in {ValueType.CHOICE, ValueType.TEXT}:
            continue
        titles = {choice.value: choice.title for choice in setting.choices}
        lines.append(titles.get(str(value), str(value)))
    return "\n".join(lines)
