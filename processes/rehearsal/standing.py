"""Where a played case stands, and which elements it has come past: by process and element."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import Effect, Passed, standing
from engine.words import ElementKind
from processes.storage.services import Reactions, Services
from processes.storage.tables import Instance
from processes.storage.words import InstancePhase

Place = tuple[str, str]
WAITS_ASIDE: Final = {ElementKind.BOUNDARY_EVENT}  # it waits at the edge of what it belongs to, which is named itself


@dataclass
class RecordedReactions:
    """The reactions of an installation, which also note each element that a case leaves behind."""

    reactions: Reactions
    passed: list[Place] = field(default_factory=list)

    def carry_out(self, run: Any, instance: Instance, effect: Effect) -> None:
        if isinstance(effect, Passed):
            self.passed.append((instance.process, effect.element))
        self.reactions.carry_out(run, instance, effect)

    def outputs_to_parent(self, run: Any, child: Instance, parent: Instance) -> None:
        self.reactions.outputs_to_parent(run, child, parent)

    def person_ended(self, run: Any, child: Instance, parent: Instance) -> None:
        self.reactions.person_ended(run, child, parent)

    def case_ended(self, run: Any) -> None:
        self.reactions.case_ended(run)


def places_of(session: Session, services: Services, case_id: int) -> Iterator[Place]:
    """Every element of the drawing of the case, and of what it called, at which something waits now."""
    running = (Instance.case_id == case_id, Instance.phase != InstancePhase.FINISHED)
    for instance in session.scalars(select(Instance).where(*running).order_by(Instance.id)):
        deployed = services.models.version(session, instance.model_version_id)
        for element in standing(deployed.compiled, instance.state, services.clock.now()):
            drawn = deployed.model.elements.get(element)
            if drawn is not None and drawn.kind not in WAITS_ASIDE:
                yield deployed.process, element
