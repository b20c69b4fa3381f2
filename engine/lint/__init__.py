"""Everything that is wrong with a case type folder, at once.

A folder in; findings out, errors first and then in the order of the drawing. Each family of rules is a file of pure
functions; this table is the only place that knows them all. Nothing raises on bad input.
"""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from engine.kernel.reading import read_model
from engine.lint import (
    calls,
    codes,
    conditional,
    course,
    decisions,
    diagram,
    each,
    elements,
    fact_days,
    file_values,
    filling,
    following,
    forms,
    gateways,
    known_words,
    legal,
    letters,
    loops,
    mails,
    meetings,
    people,
    sessions,
    structure,
    tokens,
    untranslated,
    waiting,
    wording,
)
from engine.lint.subject import Findings, Subject, build_subject
from engine.model import Finding, Folder, LegalTerm, Model
from engine.words import Severity

__all__ = ["lint"]

MOST_FINDINGS = 500
NOTHING: Mapping[str, Model] = MappingProxyType({})
SEVERITIES = tuple(Severity)

Rule = Callable[[Subject], Findings]

RULES: tuple[Rule, ...] = (
    elements.not_executable,
    elements.data,
    elements.reserved_ids,
    structure.size,
    structure.names,
    structure.references,
    structure.crossing_flows,
    structure.starts,
    structure.ends,
    structure.implicit_splits,
    gateways.defaults,
    gateways.conditions,
    gateways.event_gateways,
    wording.conditions,
    wording.timers,
    wording.multi_instance,
    wording.settings,
    people.user_tasks,
    people.persons,
    people.form_files,
    people.citizen_tasks,
    people.lanes,
    sessions.sessions,
    each.whose_answer,
    each.each_person,
    each.single_readings,
    course.filed_together,
    codes.mails,
    codes.services,
    codes.formats,
    codes.archived,
    codes.sizes,
    codes.checklist,
    codes.requests,
    codes.filed_forms,
    known_words.party_fields,
    known_words.suspension_grounds,
    codes.deadlines,
    legal.rules,
    legal.variants,
    legal.retired,
    legal.no_decision,
    legal.committee,
    legal.extensions,
    legal.met,
    fact_days.no_dates,
    fact_days.places,
    fact_days.unsent,
    codes.results,
    decisions.takers,
    codes.places,
    codes.statuses,
    calls.calls,
    calls.other_processes,
    calls.messages,
    waiting.unsent_messages,
    waiting.unthrown_signals,
    waiting.unread_messages,
    waiting.unseen_tasks,
    following.follows,
    following.followed,
    forms.forms,
    conditional.questions,
    mails.mails,
    mails.status_texts,
    mails.translated_texts,
    untranslated.untranslated,
    mails.department_texts,
    letters.marks,
    file_values.file_values,
    diagram.complete,
    diagram.overlaps,
)
# these follow paths, so they wait until the drawing has a size that a person can read
PATH_RULES: tuple[Rule, ...] = (
    structure.unreachable,
    structure.no_way_out,
    filling.unfilled_values,
    letters.empty_values,
    letters.unseen_documents,
    meetings.exclusive_joins,
    meetings.split_again,
    meetings.meetings_beside,
    gateways.parallel_joins,
    gateways.parallel_loop_entries,
    gateways.parallel_blocks,
    loops.endless_loops,
    tokens.hanging,
    course.status_order,
    course.ends,
    course.formal_steps,
    course.withdrawals,
    decisions.told,
    legal.suspensions,
    fact_days.met_early,
    fact_days.empty_days,
    course.reminders,
)


def lint(
    folder: Folder,
    library: Mapping[str, Model] = NOTHING,
    *,
    law_rules: Mapping[str, LegalTerm] | None = None,
    retention_rules: Collection[str] | None = None,
    formats: Collection[str] | None = None,
) -> list[Finding]:
    """All findings. `library`: the models it may call, by process; empty when these are not known.

    `law_rules`, `retention_rules` and `formats` (of files): what a drawing may name, None when that is not known.
    """
    reading = read_model(folder.drawing)
    if reading.model is None or reading.drawing is None:
        return list(reading.findings)
    subject = build_subject(folder, reading.model, reading.drawing, library, law_rules, retention_rules, formats)
    rules = RULES if len(subject.nodes) > structure.MOST_NODES else RULES + PATH_RULES
    found = dict.fromkeys([*reading.findings, *(finding for rule in rules for finding in rule(subject))])
    return sorted(found, key=_place(subject))[:MOST_FINDINGS]


def _place(subject: Subject) -> Callable[[Finding], tuple[int, int, str]]:
    drawn = [
        subject.model.process,
        *(lane.id for lane in subject.drawing.lanes),
        *subject.nodes,
        *subject.drawing.flows,
    ]
    order = {element: number for number, element in enumerate(drawn)}
    return lambda finding: (SEVERITIES.index(finding.severity), order.get(finding.element, len(order)), finding.element)
