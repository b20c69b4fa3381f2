"""The names that a mail or letter template may use: the facts of the case, and words about people and documents."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from engine import Model
from engine.translating import in_language
from processes.base.dutch import enumeration
from processes.base.english import english_enumeration
from processes.base.letterhead import one_line
from processes.execution.case_execution import CaseExecution
from processes.execution.court_only import court_only_lines
from processes.execution.deciding_each import decisions_in, outcome_names
from processes.execution.letterhead import letterhead_of
from processes.execution.parts import release_on
from processes.execution.requested import NOT_REQUIRED, WantedItem, promised, requested
from processes.execution.terms import as_letters_say
from processes.post.said_in import template_in
from processes.post.saying import handler_of, said_of
from processes.storage.departments import asked_first, is_of, own_decisions
from processes.storage.model_cache import Deployed
from processes.storage.staff import NOBODY
from processes.storage.tables import Decision, DocumentRequestRow, Instance, Party
from processes.storage.words import ReadingLanguage

Words = dict[str, object]
ENUMERATIONS: Final[Mapping[str, Callable[[Sequence[str]], str]]] = {
    ReadingLanguage.DUTCH: enumeration,
    ReadingLanguage.ENGLISH: english_enumeration,
}
NOT_IN_TIME: Final[Mapping[str, str]] = {
    ReadingLanguage.DUTCH: "niet op tijd beslist",
    ReadingLanguage.ENGLISH: "not decided in time",
}
IF_THERE: Final[Mapping[str, str]] = {ReadingLanguage.DUTCH: NOT_REQUIRED, ReadingLanguage.ENGLISH: "if there is one"}
INVENTORY = "inventory"  # the list of assessed documents, where the drawing has no value of that name


def words_of(run: CaseExecution, instance: Instance, source: bytes, language: str = ReadingLanguage.DUTCH) -> Words:
    """The names of docs/bpmn-profile.md, 'Mail templates', for a template `source`, but for the recipient, the link and what can be
    done against a decision. In another language than Dutch the choices of a case type are called as its makers call them there;
    what people wrote, names and signatures stay.
    """
    head = letterhead_of(run.work, run.root.model.process)
    handler = handler_of(run, head)
    said = said_of(run, instance, head, handler, source, language)
    here, missing, stopped = _request(run, instance, language)
    parties = run.work.session.scalars(select(Party).where(Party.case_id == run.case.id).order_by(Party.id)).all()
    return {
        **(
            {} if instance.is_root else _in_words(run, run.root_instance(), language)
        ),  # a request's mail is one of the case's
        INVENTORY: "",
        **_in_words(run, instance, language),
        "handler.name": handler or NOBODY,
        "organisation.name": head.organisation.name,
        "organisation.address": one_line(head.organisation.postal_address),
        "organisation.phone": head.organisation.phone,
        "body.name": said.body,
        "contact": said.contact,
        "signature": said.signature,
        "decided.by": said.decided_by,
        "decided.signature": said.decided_signature,
        "remedy.bezwaar": "",
        "remedy.beroep": "",
        "remedy.ombudsman": "",
        "remedy.geen": "",
        "documents": missing,
        "documents.here": here,
        "request.stop_reason": stopped,
        "objector.names": _names(parties, language),
        "decisions": decision_lines(run, _asked_about(run, instance), language),
        "decisions.own": False,
        "outcomes": _outcomes(run, language),
        "withdrawal.received_on": run.withdrawn_on or _withdrawn_on(parties),
        "court_only": court_only_lines(run) if b"court_only" in source else "",
        "result.name": _result(run, language),
        "result.explanation": run.case.result_explanation or "",
        **_resumed(run),
        **_part(run, instance),
        "own.view": "",
        "own.answer": "",
        "recipient.name": "",
        "recipient.greeting": "",
        "recipient.needs": "",
        "recipient.withdrew": False,
        "link": run.work.services.settings.public_url,
    }


def _resumed(run: CaseExecution) -> Words:
    """`deadline.CODE.resumed`: the first day that counted again after the last standstill of a term, None without one."""
    rows = run.data.deadlines()
    ended = {code: [item["until"] for item in row.suspensions if item.get("until")] for code, row in rows.items()}
    last = {code: date.fromisoformat(max(days)) for code, days in ended.items() if days}
    return {f"deadline.{code}.resumed": last.get(code) for code in run.root.model.deadlines}


def _part(run: CaseExecution, instance: Instance) -> Words:
    """`part.release_on` of a part decision whose letter is sent now, as if that is today, so that the letter can tell it."""
    part = run.part(instance)
    return {"part.release_on": release_on(part, run.data.book(), run.work.today)} if part else {}


def _in_words(run: CaseExecution, instance: Instance, language: str) -> Words:
    """The facts, with the title of each choice in place of its code, also in a list."""
    facts = run.facts(instance)
    rows, book = run.data.deadlines().values(), run.data.book()
    words: Words = {**facts, **as_letters_say(rows, run.root.model, facts, run.work.now, book)}
    for code, value in _read_in(run.work.deployed(instance.model_version_id).model, language).values.items():
        titles = {choice.value: choice.title for choice in value.choices}
        chosen = words.get(code)
        if isinstance(chosen, tuple):
            words[code] = tuple(titles.get(str(one), one) for one in chosen)
        elif chosen in titles:
            words[code] = titles[str(chosen)]
    return words


def _read_in(model: Model, language: str) -> Model:
    return in_language(model, language) if language != ReadingLanguage.DUTCH else model


def template_of(name: str, *folders: Deployed) -> bytes:
    """The template from the first model that has it. Raises NotNow when none has."""
    return template_in(ReadingLanguage.DUTCH, name, *folders)[0]


def _names(parties: Sequence[Party], language: str) -> str:
    """The names of those who filed the case, without who of them withdrew while others go on."""
    filed = [party for party in parties if party.filing and not party.confidential]
    return ENUMERATIONS[language]([party.name for party in [one for one in filed if one.withdrawn_on is None] or filed])


def _withdrawn_on(parties: Sequence[Party]) -> date | None:
    """The day on which the last of those who filed the case withdrew; None while somebody goes on."""
    days = [party.withdrawn_on for party in parties if party.filing]
    return None if None in days else max(filter(None, days), default=None)


def _asked_about(run: CaseExecution, instance: Instance) -> str | None:
    """The department whose decisions a request is about, also when it was passed on; None outside a request."""
    asked = run.data.request(instance)["request.department"]
    return asked_first(run.work.session, instance.id, str(asked)) if asked else None


def decision_lines(run: CaseExecution, asked: object, language: str = ReadingLanguage.DUTCH) -> str:
    """The contested decisions, a line each; a mail to a department (its code in `asked`) speaks of its own alone (O16)."""
    rows = run.work.session.scalars(decisions_in(run.case.id)).all()
    own = own_decisions(run.work.session, rows, str(asked)) if asked else rows
    return "\n".join(f"- {_decision(row, language)}" for row in own)


def words_of_decisions(run: CaseExecution, instance: Instance, department: str) -> Words:
    """The names for the decisions that a mail to a department is about: its own, or those of the department that was asked first."""
    first = _asked_about(run, instance) or department
    rows = run.work.session.scalars(decisions_in(run.case.id)).all()
    about = own_decisions(run.work.session, rows, first)
    return {
        "decisions": "\n".join(f"- {_decision(row)}" for row in about),
        "decisions.own": all(is_of(run.work.session, row, department, unknown=first == department) for row in about),
        "decision.several": len(about) > 1,
    }


def _outcomes(run: CaseExecution, language: str) -> str:
    """The outcome of each of several decisions, a line each; empty for one decision."""
    rows = run.work.session.scalars(decisions_in(run.case.id)).all()
    names = outcome_names(_read_in(run.root.model, language), rows)
    return "\n".join(f"- {_decision(row, language)}: {name.lower()}" for row, name in zip(rows, names, strict=False))


def _decision(decision: Decision, language: str = ReadingLanguage.DUTCH) -> str:
    if decision.missing:
        return f"{decision.subject} ({NOT_IN_TIME[language]})"
    return f"{decision.subject} ({decision.number})" if decision.number else decision.subject


def _request(run: CaseExecution, instance: Instance, language: str) -> tuple[str, str, str]:
    """The names of a document request: what is here already, what is still missing (when nothing is, all that was asked), and why it was
    stopped.
    """
    row = run.work.session.scalar(select(DocumentRequestRow).where(DocumentRequestRow.instance_id == instance.id))
    if row is None:
        return "", "", ""
    found = requested(run.work.session, row)
    told = {one.description for one in promised(run.work.session, row)}
    rest = [one for one in found.here if one.description in told]
    missing = found.missing or rest or found.here
    return _listed(found.here, language), _listed(missing, language), row.stop_reason or ""


def _listed(items: Sequence[WantedItem], language: str) -> str:
    return "\n".join(f"- {item.said(IF_THERE[language])}" for item in items)


def _result(run: CaseExecution, language: str) -> str:
    kind = _read_in(run.root.model, language).result_types.get(run.case.result or "")
    return kind.description if kind else ""
