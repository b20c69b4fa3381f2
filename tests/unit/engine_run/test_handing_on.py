"""C13: a changed answer goes on to each caller as the end of the process gave it there."""

from types import SimpleNamespace
from typing import Any

from engine import Value
from engine.words import ValueType
from processes.execution.handing_on import hand_on
from processes.storage.tables import Instance

REASON = {"reason": Value("reason", "Reden", ValueType.TEXT)}


class Held:
    """The values of each instance."""

    def __init__(self, **values: dict[str, Any]) -> None:
        self.of = {int(name[1:]): dict(known) for name, known in values.items()}

    def values(self, instance: Instance) -> dict[str, Any]:
        return self.of[instance.id]

    def plain(self, instance: Instance, codes: set[str]) -> dict[str, Any]:
        return {code: value for code, value in self.values(instance).items() if code in codes}

    def store(self, instance: Instance, values: dict[str, Any]) -> None:
        self.of[instance.id].update(values)


def test_c13_a_caller_reads_what_all_say_together_and_not_one_of_them() -> None:
    root = Instance(id=1, phase="running", model_version_id=1)
    asking = Instance(id=2, phase="finished", parent_id=1, model_version_id=2)
    person = Instance(id=3, phase="finished", parent_id=2, model_version_id=2, element="Ask", party_id=7)
    model = SimpleNamespace(values=REASON, inputs={}, outputs=REASON)
    deployed = SimpleNamespace(model=model, asked_of_each={"Ask": frozenset({"reason"})})
    parties = [
        SimpleNamespace(id=7, name="Tess", confidential=False),
        SimpleNamespace(id=8, name="Ilse", confidential=False),
    ]
    session = SimpleNamespace(get_one=lambda _, number: {1: root, 2: asking}[number], scalars=lambda _: iter(parties))
    held = Held(
        i1={"reason": "Te druk"},
        i2={"reason": "Te druk", "answers.reason": {"7": "Te druk", "8": "Te druk"}},
        i3={"reason": "Te smal"},
    )
    run = SimpleNamespace(data=held, work=SimpleNamespace(session=session, deployed=lambda _: deployed))
    hand_on(run, person, {"reason"})
    assert held.of[2]["answers.reason"] == {"7": "Te smal", "8": "Te druk"}
    assert held.of[1]["reason"] == held.of[2]["reason"] == "Tess: Te smal\n\nIlse: Te druk"
