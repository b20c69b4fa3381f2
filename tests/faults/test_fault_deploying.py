"""A model is deployed again and again while cases run: they keep the version with which they began, and end as always."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import pytest
from fault_experiment import Experiment
from fault_installation import MODELS
from kit.people import FENNA as ADMIN
from kit.waiting import until
from sqlalchemy import select

from engine import Folder, read_folder
from processes.actions import act
from processes.actions.deploying import DeployFolder
from processes.storage.tables import Case, ModelVersion

pytestmark = [pytest.mark.xdist_group("faults"), pytest.mark.timeout(600)]


def changed() -> Iterator[Folder]:
    """The same drawing with another name on one task, each time another."""
    folder = read_folder(MODELS / "bezwaar")
    old = b'name="Bel de indiener"'
    assert old in folder.drawing
    for at in count(1):
        yield replace(folder, drawing=folder.drawing.replace(old, b'name="Bel de indiener, manier %d"' % at))


def versions(experiment: Experiment, numbers: Sequence[str]) -> list[int]:
    wanted = select(ModelVersion.version).join(Case, Case.model_version_id == ModelVersion.id)
    with experiment.installation.services.sessions() as session:
        return [session.scalars(wanted.where(Case.number == number)).one() for number in numbers]


def test_a_model_deployed_under_load_leaves_running_cases_their_version(experiment: Experiment) -> None:
    services, play, folders = experiment.installation.services, experiment.play(3), changed()
    play.register()
    before, ended, deployed = versions(experiment, play.numbers), threading.Event(), list[str]()

    def deploy() -> None:
        while not ended.wait(0.5):
            deployed.append(act(services, ADMIN, DeployFolder(next(folders))))

    aside = threading.Thread(target=deploy)
    aside.start()
    try:
        for phase in (play.ask, play.deliver_wrong, play.be_late, play.deliver, play.hear, play.decide):
            seen = len(deployed)
            phase()
            assert until(lambda seen=seen: len(deployed) > seen), "the model is not deployed any more"
    finally:
        ended.set()
        aside.join()
    assert versions(experiment, play.numbers) == before
    experiment.check(play)
    later = experiment.play(1)
    later.register()
    assert versions(experiment, later.numbers) == [int(deployed[-1].partition(":")[2])]
    experiment.check()
