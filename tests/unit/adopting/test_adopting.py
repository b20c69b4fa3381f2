"""A drawing of another tool becomes a case type that lints, plays to an end and keeps every activity."""

import pytest
from kit.foreign import foreign

from engine.adopting import adopt, plays
from engine.adopting.graph import ForeignGraph, ForeignNode
from engine.errors import UnreadableModel
from engine.kernel.reading import read_model
from engine.words import ElementKind, Severity

PLAIN = """
    startEvent s: Verzoek
    task a: Bekijken
    exclusiveGateway g: Akkoord?
    task b: Uitvoeren
    task c: Afwijzen
    endEvent e: Klaar
    s > a
    a > g
    g > b: ja
    g > c: nee
    b > e
    c > e
"""
DRAWINGS = {
    "a choice without conditions": (PLAIN, {}),
    "a choice that no task comes before": (PLAIN.replace("task a: Bekijken", "intermediateCatchEvent a: Post @message"), {}),
    "no begin and no end": ("task a: Een\ntask b: Twee\na > b", {}),
    "more than one begin": (PLAIN + "startEvent t: Bezwaar\nt > b", {}),
    "several arrows out of a task": ("startEvent s\ntask a: Een\ntask b: Twee\ntask c: Drie\nendEvent e\ns > a\na > b\na > c\nb > e\nc > e", {}),
    "branches that are joined by the wrong gateway": (PLAIN.replace("b > e\n    c > e", "parallelGateway j\nb > j\nc > j\nj > e"), {}),
    "a split that is not joined": (PLAIN.replace("exclusiveGateway g: Akkoord?", "parallelGateway g").replace("g > b: ja", "g > b").replace("g > c: nee", "g > c").replace("b > e\n    c > e", "task d: Samen\nb > d\nc > d\nd > e"), {}),
    "a loop without an end": ("startEvent s\ntask a: Een\ntask b: Twee\ns > a\na > b\nb > a", {}),
    "a loop in which nothing waits": ("startEvent s\nexclusiveGateway g\nserviceTask a: Proberen\nexclusiveGateway h: Gelukt?\nendEvent e\ns > g\ng > a\na > h\nh > g: nee\nh > e: ja", {}),
    "timers that no engine reads": (PLAIN + "boundaryEvent t attachedToRef=a: 7 dagen @timer timeDuration ooit\nt > c", {}),
    "events of other tools": ("startEvent s @conditional\nintermediateCatchEvent a: Geld binnen @conditional\nintermediateThrowEvent b: Meld @escalation\ntask k: Kijk\nendEvent e @error\ns > a\na > b\nb > k\nk > e", {}),
    "a race of an event and a task": (PLAIN.replace("exclusiveGateway g", "eventBasedGateway g"), {}),
    "links": ("startEvent s\ntask a: Een\nintermediateThrowEvent l: verder @link name=x\nintermediateCatchEvent m: verder @link name=x\ntask b: Twee\nendEvent e\ns > a\na > l\nm > b\nb > e", {}),
    "a subprocess": (PLAIN.replace("task b: Uitvoeren", "subProcess b: Uitvoeren {\nstartEvent bs\ntask bt: Binnen\nexclusiveGateway bg: Weg\nendEvent be\nendEvent bf\nbs > bt\nbt > bg\nbg > be: links\nbg > bf: rechts\n}"), {}),
    "an empty subprocess, a transaction and kinds we do not run": (PLAIN.replace("task b", "subProcess b").replace("task c", "businessRuleTask c").replace("task a", "manualTask a"), {}),
    "a subprocess that starts itself": (PLAIN + "subProcess x triggeredByEvent=true: Ingetrokken {\nstartEvent xs @message\ntask xt: Intrekking verwerken\nendEvent xe\nxs > xt\nxt > xe\n}", {}),
    "what undoes a step": (PLAIN.replace("c > e", "intermediateThrowEvent o: Ongedaan @compensate\nc > o\no > e") + "task u isForCompensation=true: Terugdraaien", {}),
    "two pools that talk": ("", {"burger": "startEvent s\ntask a: Vragen\nintermediateCatchEvent k: Antwoord @message\nendEvent e\ns > a\na > k\nk > e", "gemeente": "startEvent t @message\ntask b: Beantwoorden\nendEvent f @message\nt > b\nb > f", "messages": (("a", "t"), ("f", "k"))}),
    "a process that calls another one of the file": ("", {"hoofd": "startEvent s\ncallActivity a calledElement=deel: Laten doen\nendEvent e\ns > a\na > e", "deel": "startEvent t\ntask b: Doen\nendEvent f\nt > b\nb > f"}),
    "a process that calls itself": ("", {"hoofd": "startEvent s\ncallActivity a calledElement=hoofd: Nog eens\ntask b: Doen\nendEvent e\ns > a\na > b\nb > e"}),
    "names with quotes and signs": ("startEvent s\nserviceTask a: Zeg-'ja'-&lt;nu&gt;\ntask b: 100%-{{x}}\nsendTask c: {{boem}}\nendEvent e: 'klaar'\ns > a\na > b\nb > c\nc > e", {}),
}  # fmt: skip
KEPT = ("Bekijken", "Uitvoeren", "Afwijzen", "Een", "Twee", "Drie", "Samen", "Proberen", "Kijk", "Binnen", "Intrekking verwerken", "Terugdraaien", "Vragen", "Beantwoorden", "Doen")  # fmt: skip


def drawn(case):
    text, more = DRAWINGS[case]
    return foreign(text, **more)


@pytest.mark.parametrize("case", DRAWINGS)
def test_s7_an_adopted_drawing_has_no_error_plays_to_an_end_and_keeps_every_activity(case):
    data = drawn(case)
    adopted = adopt(data, "overgenomen")
    assert [finding for finding in adopted.findings if finding.severity == Severity.ERROR] == []
    assert any(plays(adopted))
    names = {element.name for element in read_model(adopted.folder.drawing).model.elements.values()}
    assert {name for name in KEPT if f'name="{name}"'.encode() in data} <= names
    assert "overlap" not in {finding.code for finding in adopted.findings}, "nothing lies over something else"


def test_s7_what_is_left_out_is_said():
    data = foreign(PLAIN + "task alleen: Vergeten\ndataObject d\ns > ?")
    said = " ".join(adopt(data).mended)
    assert "'Vergeten' is weggelaten" in said
    assert "gegevensobjecten" in said
    assert "hing los" in said


def test_s7_an_answer_replaces_the_proposal():
    data = foreign(PLAIN.replace("task b", "serviceTask b"))
    question = next(one for one in adopt(data).questions if one.code == "service-b")
    assert question.options[0][0] == "note"
    answered = adopt(data, answers={"service-b": "task", "prefix": "vrg", "lane-proces_lane": "citizen"})
    model = read_model(answered.folder.drawing).model
    assert model.elements["Uitvoeren"].kind == "userTask"
    assert model.case_type.prefix == "VRG"
    assert {role.side for role in model.roles.values()} == {"citizen"}


def test_s7_a_timer_is_proposed_from_its_name():
    questions = adopt(drawn("timers that no engine reads")).questions
    assert [one.proposal for one in questions if one.code == "timer-t"] == ["P7D"]


def test_s7_a_choice_is_asked_on_the_form_of_the_task_before_it():
    folder = adopt(foreign(PLAIN)).folder
    assert b'"akkoord"' in folder.forms["bekijken.json"]
    assert b"akkoord == 'ja'" in folder.drawing


def test_s7_an_arrow_that_lost_its_end_is_docked_where_it_is_drawn():
    shapes = "".join(
        f'<bpmndi:BPMNShape bpmnElement="{key}"><dc:Bounds x="{x}" y="0" width="100" height="80"/></bpmndi:BPMNShape>'
        for key, x in (("s", 0), ("a", 200), ("b", 400), ("e", 600))
    )
    edge = '<bpmndi:BPMNEdge bpmnElement="a-?-"><di:waypoint x="300" y="40"/><di:waypoint x="402" y="40"/></bpmndi:BPMNEdge>'
    picture = f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>{shapes}{edge}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    adopted = adopt(
        foreign("startEvent s\ntask a: Een\ntask b: Twee\nendEvent e\ns > a\na > ?\nb > e", outside=picture)
    )
    assert "Een losse pijl is vastgemaakt aan 'Twee', waar hij getekend is." in adopted.mended


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"geen xml",
        b"<a/>",
        foreign("startEvent s\nendEvent e\ns > e"),
        b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
    ],
)
def test_s7_a_file_without_a_process_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableModel) as refused:
        adopt(data)
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("case", DRAWINGS)
def test_s7_a_first_rehearsal_comes_with_the_folder_and_goes_to_the_end(case):
    folder = adopt(drawn(case), "overgenomen").folder
    script = folder.rehearsals["eerste-weg.yaml"].decode()
    assert script.startswith("title: ")
    assert script.endswith("finished: true}\n")


def test_s7_that_no_way_ends_is_said(monkeypatch):
    monkeypatch.setattr("engine.adopting.with_rehearsal", lambda folder: folder)
    assert "geen repetitie gemaakt" in adopt(foreign(PLAIN)).mended[-1]
    monkeypatch.undo()
    assert "repetitie" not in " ".join(adopt(foreign(PLAIN)).mended)


def test_s7_what_has_no_name_is_told_by_what_it_is():
    text = PLAIN.replace("b > e\n    c > e", "parallelGateway j\nb > j\nc > j\nj > e").replace("c > j", "c > j\nb > a")
    said = adopt(foreign(text)).mended
    assert [one for one in said if "gateway een gateway" in one.lower() or one[0].islower()] == []
    assert any(one.startswith(("Een gateway zonder naam", "Uit 'Uitvoeren'")) for one in said)


def test_s7_a_message_inside_the_case_waits_for_its_reader():
    drawing = adopt(drawn("two pools that talk"), "overgenomen").folder.drawing
    assert drawing.count(b"<case:keep/>") == 1
    assert b"case:keep" not in adopt(foreign(PLAIN), "overgenomen").folder.drawing


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("\n".join(f"task t{at}: Taak" for at in range(801)), "heeft 801 onderdelen; het mogen er 800 zijn"),
        ("".join(f"subProcess p{at} {{\n" for at in range(14)) + "task t: Diep\n" + "}\n" * 14, "dieper dan 12 in elkaar"),
    ],
)  # fmt: skip
def test_s7_a_drawing_that_nobody_could_read_is_refused_before_work_begins(text, sentence):
    with pytest.raises(UnreadableModel, match=sentence):
        adopt(foreign(text))


@pytest.mark.parametrize(("answer", "prefix"), [("bza", "BZA"), ("BZA2", "BZA2"), ("", "OVE")])
def test_s7_the_names_that_a_person_gives_are_those_of_the_case_type(answer, prefix):
    folder = adopt(foreign(PLAIN), "overgenomen", {"prefix": answer}, title="Vergunning & meer").folder
    case_type = read_model(folder.drawing).model.case_type
    assert (case_type.prefix, case_type.title) == (prefix, "Vergunning & meer")


def test_s7_the_arrows_of_a_step_are_found_also_after_one_was_led_elsewhere_or_dropped() -> None:
    graph = ForeignGraph()
    for name in "abc":
        graph.nodes[name] = ForeignNode(name, ElementKind.USER_TASK)
    first, second = graph.link("a", "b"), graph.link("a", "c")
    assert (graph.out("a"), graph.into("c")) == ([first, second], [second])
    graph.flows.lead(first, target="c")
    assert (graph.into("b"), graph.into("c")) == ([], [first, second])
    del graph.flows[first.id]
    assert graph.out("a") == [second]
    graph.drop("c")
    assert graph.out("a") == []
