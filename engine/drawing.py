"""The drawing as a plain graph: what the linter walks, without XML and without the engine.

Made by `engine.kernel.reading`. References stand as they are drawn: they may point nowhere, which the linter says.
`scope` is the id of the process or the subprocess in which something is drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.words import TimerKind


@dataclass(frozen=True, slots=True)
class EventDefinition:
    """`kind`: a word of EventKind, or another of BPMN such as link; `ref` the id and `name` the name."""

    kind: str
    timer: TimerKind | None = None
    text: str = ""
    ref: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnMultiInstance:
    sequential: bool
    cardinality: str | None = None
    collection: str | None = None
    completion: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnNode:
    id: str
    kind: str
    name: str
    scope: str
    events: tuple[EventDefinition, ...] = ()
    attached_to: str | None = None
    interrupting: bool = True
    called: str | None = None
    multi: DrawnMultiInstance | None = None
    default: str | None = None
    event_subprocess: bool = False
    loop: bool = False  # a standard loop marker


@dataclass(frozen=True, slots=True)
class SequenceFlow:
    id: str
    source: str
    target: str
    scope: str
    condition: str | None = None
    default: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """`nodes`: every id that the lane says it holds."""

    id: str
    name: str
    nodes: tuple[str, ...]
    leaf: bool = True


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Odd:
    """Something of BPMN that is drawn but that no profile knows: its element (or nearest), and its local name."""

    element: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    process: str
    name: str
    nodes: Mapping[str, DrawnNode]
    flows: Mapping[str, SequenceFlow]
    lanes: tuple[Lane, ...] = ()
    odd: tuple[Odd, ...] = ()
    boxes: Mapping[str, Box] = field(default_factory=dict)
    edges: frozenset[str] = frozenset()
    messages: Mapping[str, str] = field(default_factory=dict)  # name by id
