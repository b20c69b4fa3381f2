"""BPMN in, steps out. Knows no case, no web, no mail, no queue.

A drawing is read once (`read_model`), checked (`lint`), compiled once per deployed version (`compile_model`)
and then run with `start` and `advance`: each takes the facts and the time and returns the new state with a
`Step`, the list of what happened. `move` lays a running instance on a newer version. Nothing here has a side effect.
"""

from engine.errors import (
    CannotMove,
    DurationTooLong,
    EngineError,
    ExpressionError,
    Misfit,
    NobodyListens,
    NotReady,
    NoWayOut,
    RunsWithoutEnd,
    UnknownState,
    UnreadableModel,
)
from engine.expressions import (
    Duration,
    add_duration,
    add_working,
    compile_expression,
    holidays_of,
    is_working_day,
    nearest_working,
    parse_duration,
    shift_date,
)
from engine.form_parts import asked_of_each
from engine.kernel.counting import (
    CountingPlace,
    computes_with_closed_days,
    counting_places,
    deadlines_on_closed_days,
)
from engine.kernel.foreseeing import passed_before, ruled_out
from engine.kernel.moving import move
from engine.kernel.reading import read_folder, read_model
from engine.kernel.running import (
    Compiled,
    advance,
    after_message,
    begun_again,
    compile_model,
    heard,
    standing,
    start,
    start_alone,
)
from engine.kernel.safe_xml import as_utf8
from engine.lint import lint
from engine.lint.contract import Mismatch, broken_calls, uses_process
from engine.model import (
    Assignment,
    CaseType,
    DeadlineAction,
    DocumentRequest,
    DocumentType,
    DrawnDeadline,
    Element,
    Finding,
    Folder,
    LegalTerm,
    Mapped,
    Model,
    OnDemand,
    PartyRole,
    ResultType,
    Retention,
    Role,
    SessionPlan,
    Status,
    Value,
    WantedDocument,
    Withdrawal,
)
from engine.steps import (
    CLOSED_DAYS,
    Cancel,
    ChildAsked,
    ChildDropped,
    Command,
    Complete,
    DeadlineTouched,
    EachAsked,
    Effect,
    Fact,
    Facts,
    Fire,
    Lapse,
    Lapsed,
    MailAsked,
    Outcome,
    Passed,
    Refresh,
    ResultReached,
    Send,
    ServiceAsked,
    ServiceDropped,
    StatusReached,
    Step,
    TaskClosed,
    TaskOpened,
    Timer,
)

__all__ = [
    "CLOSED_DAYS", "Assignment", "Cancel", "CannotMove", "CaseType", "ChildAsked", "ChildDropped", "Command",
    "Compiled", "Complete", "CountingPlace", "DeadlineAction", "DeadlineTouched", "DocumentRequest", "DocumentType", "DrawnDeadline",
    "Duration", "DurationTooLong", "EachAsked", "Effect", "Element", "EngineError", "ExpressionError", "Fact", "Facts", "Finding",
    "Fire", "Folder", "Lapse", "Lapsed", "LegalTerm", "MailAsked", "Mapped", "Misfit", "Mismatch", "Model", "NoWayOut", "NobodyListens", "NotReady",
    "OnDemand", "Outcome", "PartyRole", "Passed", "Refresh", "ResultReached", "ResultType", "Retention", "Role",
    "RunsWithoutEnd", "Send", "ServiceAsked", "ServiceDropped", "SessionPlan", "Status", "StatusReached", "Step", "TaskClosed", "TaskOpened", "Timer",
    "UnknownState", "UnreadableModel", "Value", "WantedDocument", "Withdrawal", "add_duration", "add_working",
    "advance", "after_message", "as_utf8", "asked_of_each", "begun_again", "broken_calls", "compile_expression", "compile_model", "computes_with_closed_days",
    "counting_places", "deadlines_on_closed_days", "heard", "holidays_of", "is_working_day", "lint", "move",
    "nearest_working", "parse_duration", "passed_before", "read_folder", "read_model", "ruled_out", "shift_date", "standing", "start", "start_alone",
    "uses_process",
]  # fmt: skip
