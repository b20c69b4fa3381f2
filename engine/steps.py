"""The input and output of the engine: commands, effects and the step.

`Facts` is a flat, read-only snapshot with dotted names (`deadline.decide`, `request.due`, `route`) and plain
values; the engine keeps none of it. All moments are aware datetimes; facts may hold local dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.model import DeadlineAction, DocumentRequest, Mail, Service, Status

type_of_fact = str | int | float | bool | date | datetime | None
Fact = type_of_fact | tuple[type_of_fact, ...]
Facts = Mapping[str, Fact]

CLOSED_DAYS = "calendar.closed"  # a fact: dates that are no working day, besides weekends and holidays


# -- commands: what may be asked of a running instance -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Complete:
    """A user task, a service task or a call activity is done. Task ids are the engine's, as text."""

    task: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """A task that was asked of each (`EachAsked`) is over, and nobody answered: go on by this event on its border."""

    task: str
    event: str


@dataclass(frozen=True, slots=True)
class Send:
    """A named BPMN message arrives (from a person, or from another instance of the case)."""

    message: str


@dataclass(frozen=True, slots=True)
class Fire:
    """Let every timer that is due at `now` take effect, once."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Facts changed: evaluate waiting timers and conditions again. Fires what is due, too."""


@dataclass(frozen=True, slots=True)
class Cancel:
    """Stop the whole instance: every live task is closed as cancelled, every child dropped."""


Command = Complete | Lapse | Send | Fire | Refresh | Cancel


# -- effects: what happened, in order --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskOpened:
    """A user task waits for a person. Whose it is stands in the model: role_of(element) and its assignment.

    `item`, here and below: what this one of several is for, inside a multi-instance: the value from the collection
    (dates as ISO text), or its number from 0 when the drawing only says how many.
    """

    task: str
    element: str
    item: type_of_fact = None


@dataclass(frozen=True, slots=True)
class TaskClosed:
    task: str
    element: str
    cancelled: bool


@dataclass(frozen=True, slots=True)
class EachAsked:
    """A task that everybody in its role does for themselves waits, until the caller sends `Complete(task)` or `Lapse`.

    The caller starts an instance for each of them by `start_alone`; when the task is interrupted, `ChildDropped` comes.
    """

    task: str
    element: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """In an instance of `start_alone`: the task ended without an answer, by this event on its border."""

    element: str


@dataclass(frozen=True, slots=True)
class Passed:
    """The token left this element (event happened, activity completed). For `publishedFrom` and `until`."""

    element: str


@dataclass(frozen=True, slots=True)
class StatusReached:
    element: str
    status: Status


@dataclass(frozen=True, slots=True)
class DeadlineTouched:
    element: str
    action: DeadlineAction


@dataclass(frozen=True, slots=True)
class MailAsked:
    element: str
    mail: Mail


@dataclass(frozen=True, slots=True)
class ServiceAsked:
    """A service task waits until the caller has carried out the operation and sends `Complete(task)`."""

    task: str
    element: str
    service: Service
    item: type_of_fact = None


@dataclass(frozen=True, slots=True)
class ServiceDropped:
    """The service task was interrupted before its `Complete(task)` came: that is not ready any more."""

    task: str
    element: str


@dataclass(frozen=True, slots=True)
class ChildAsked:
    """A call activity waits until the child instance has ended and the caller sends `Complete(task)`."""

    task: str
    element: str
    called: str
    request: DocumentRequest | None
    item: type_of_fact = None


@dataclass(frozen=True, slots=True)
class ChildDropped:
    """The call activity was interrupted: cancel the child that was started for this task."""

    task: str
    element: str


@dataclass(frozen=True, slots=True)
class ResultReached:
    """`type` is the code of a result type, already taken from the value where the drawing says so."""

    element: str
    type: str


Effect = (
    TaskOpened
    | TaskClosed
    | EachAsked
    | Lapsed
    | Passed
    | StatusReached
    | DeadlineTouched
    | MailAsked
    | ServiceAsked
    | ServiceDropped
    | ChildAsked
    | ChildDropped
    | ResultReached
)


@dataclass(frozen=True, slots=True)
class Timer:
    """A waiting timer. `due` is None when its date is unknown (an open suspension)."""

    element: str
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    effects: tuple[Effect, ...]
    timers: tuple[Timer, ...]
    finished: bool = False
    stuck: bool = False

    @property
    def next_due(self) -> datetime | None:
        """The first moment at which `Fire` has something to do."""
        return min((timer.due for timer in self.timers if timer.due), default=None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The new state (opaque bytes, to be stored as they are) and what happened on the way to it."""

    state: bytes
    step: Step
