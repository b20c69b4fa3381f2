"""What the engine takes back must not be answered any more, though its answer waits in the queue of the same change."""

from typing import Any

import pytest

from engine import Complete, ServiceDropped
from processes.effects import REACTIONS
from processes.execution.case_execution import CaseExecution


@pytest.fixture
def run() -> CaseExecution:
    nothing: Any = None
    return CaseExecution(nothing, nothing, nothing, nothing)


def test_the_answer_of_a_dropped_service_task_leaves_the_queue(run: CaseExecution) -> None:
    here: Any = object()
    elsewhere: Any = object()
    for instance, task in ((here, "a"), (here, "b"), (elsewhere, "a")):
        run.ask(instance, Complete(task))
    REACTIONS.carry_out(run, here, ServiceDropped("a", "Publish"))
    assert list(run.queue) == [(here, Complete("b")), (elsewhere, Complete("a"))]
