"""A drawing of another tool, taken over with every proposal, passes the rehearsal that was made for it, in the product."""

import pytest
from kit.foreign import foreign

from engine.adopting import adopt
from processes.law.retention_classes import retention_to_choose
from processes.rehearsal import play_folder

CHOICE_AND_TIMER = """
    startEvent s: Verzoek
    task a: Bekijken
    intermediateCatchEvent w: 3 dagen @timer
    exclusiveGateway g: Akkoord?
    serviceTask b: Noteren
    task c: Afwijzen
    endEvent e: Klaar
    s > a
    a > w
    w > g
    g > c: nee
    g > b: ja
    b > e
    c > e
"""
CITIZEN = "startEvent s\ntask a: Vragen\ntask t: Thee zetten\nintermediateCatchEvent k: Antwoord @message\nendEvent e\ns > a\na > t\nt > k\nk > e"
TOWN = "startEvent t0 @message\nendEvent f @message\nt0 > f"


@pytest.mark.parametrize(
    "data",
    [
        foreign(CHOICE_AND_TIMER),
        foreign("", burger=CITIZEN, gemeente=TOWN, messages=(("a", "t0"), ("f", "k"))),
    ],
    ids=["a choice and a timer", "an answer that comes before somebody waits for it"],
)
def test_s7_the_rehearsal_of_an_adopted_drawing_passes(data: bytes) -> None:
    folder = adopt(data, "overgenomen", retention=retention_to_choose()).folder
    [played] = play_folder(folder, {})
    assert played.problems == ()
    assert b"press:" not in folder.rehearsals["eerste-weg.yaml"], "no button is needed"
