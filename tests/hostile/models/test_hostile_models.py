"""Whatever is uploaded as a drawing: findings, in time, and never an exception."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.kernel.reading import read_folder, read_model
from engine.lint import lint
from engine.model import Folder

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ROOT = f'<bpmn:definitions xmlns:bpmn="{BPMN}" xmlns:case="urn:zaakspoor:bpmn:1.0" id="D">'
SMALL = f'{ROOT}<bpmn:process id="p" isExecutable="true">%s</bpmn:process></bpmn:definitions>'
LAUGHS = "<!DOCTYPE d [<!ENTITY a 'ha'>" + "".join(f"<!ENTITY a{n} '&a;&a;'>" for n in range(30)) + "]>"
DRAWINGS = sorted(Path(__file__).parents[3].glob("bpmn/*/*.bpmn"))


def chain(count: int) -> str:
    nodes = "".join(f'<bpmn:exclusiveGateway id="n{n}"/>' for n in range(count))
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}_{step}" sourceRef="n{n}" targetRef="n{(n * step + 1) % count}"/>'
        for n in range(count)
        for step in (1, 7)
    )
    return nodes + flows


def parallel(count: int) -> str:
    nodes = "".join(f'<bpmn:parallelGateway id="n{n}"/>' for n in range(count))
    flows = "".join(
        f'<bpmn:sequenceFlow id="f{n}_{step}" sourceRef="n{n}" targetRef="n{(n + step) % count}"/>'
        for n in range(count)
        for step in (1, 2, 3)
    )
    return f'<bpmn:startEvent id="s"/><bpmn:sequenceFlow id="fs" sourceRef="s" targetRef="n0"/>{nodes}{flows}'


def nested(depth: int) -> str:
    return "".join(f'<bpmn:subProcess id="s{n}">' for n in range(depth)) + "</bpmn:subProcess>" * depth


HOSTILE = [
    ("nothing", b"", "file-empty"),
    ("spaces", b"  \n ", "file-empty"),
    ("binary", bytes(range(256)) * 40, "file-encoding"),
    ("utf-16", SMALL.encode("utf-16"), "file-encoding"),
    ("another encoding", b'<?xml version="1.0" encoding="UTF-7"?><a/>', "file-encoding"),
    ("broken byte", SMALL.encode() + b"\xff", "file-encoding"),
    ("too large", b"<a>" + b"x" * 2_100_000 + b"</a>", "file-too-large"),
    ("too many elements", f"{ROOT}{'<x/>' * 60_000}</bpmn:definitions>".encode(), "file-too-large"),
    ("text", b"Geachte gemeente", "xml-broken"),
    ("json", b'{"a": 1}', "xml-broken"),
    ("truncated", SMALL.encode()[:150], "xml-broken"),
    ("NUL", SMALL.encode().replace(b'"p"', b'"p\x00"'), "xml-broken"),
    ("unbound prefix", b"<bpmn:definitions/>", "xml-broken"),
    ("unknown entity", (SMALL % "&bom;").encode(), "xml-broken"),
    ("external entity", b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>', "xml-doctype"),
    ("laughs", f"{LAUGHS}<d>&a29;</d>".encode(), "xml-doctype"),
    ("small letters", b"<!doctype d><d/>", "xml-doctype"),
    ("style sheet", b'<?xml-stylesheet href="http://example.org/x.xsl"?><d/>', "xml-instruction"),
    ("deep", (SMALL % nested(60)).encode(), "xml-too-deep"),
    ("very deep", (SMALL % nested(20_000)).encode(), "xml-broken"),
    ("html", b"<html><body/></html>", "not-bpmn"),
    ("another namespace", b'<definitions xmlns="urn:x"/>', "not-bpmn"),
    ("BPMN 1", b'<definitions xmlns="http://schema.omg.org/spec/BPMN/1.0"/>', "not-bpmn"),
    ("no process", f"{ROOT}</bpmn:definitions>".encode(), "no-process"),
    ("empty process", (SMALL % "").encode(), "no-start"),
    ("five thousand nodes", (SMALL % chain(5_000)).encode(), "too-many-elements"),
    ("all exclusive", (SMALL % chain(300)).encode(), "gateway-without-default"),
    ("all parallel", (SMALL % parallel(299)).encode(), "parallel-loop-entry"),
    ("itself inside", (SMALL % '<bpmn:subProcess id="a"><bpmn:subProcess id="a"/></bpmn:subProcess>').encode(), "duplicate-id"),
    ("attached to itself", (SMALL % '<bpmn:boundaryEvent id="a" attachedToRef="a"/>').encode(), "dangling-boundary"),
    ("flow to itself", (SMALL % '<bpmn:task id="a"/><bpmn:sequenceFlow id="a" sourceRef="a" targetRef="a"/>').encode(), "duplicate-id"),
    ("long names", (SMALL % f'<bpmn:userTask id="{"x" * 90_000}" name="{"y" * 90_000}"/>').encode(), "task-without-role"),
    ("long condition", (SMALL % f'<bpmn:sequenceFlow id="f"><bpmn:conditionExpression>{"(" * 90_000}</bpmn:conditionExpression></bpmn:sequenceFlow>').encode(), "condition-broken"),
]  # fmt: skip


@pytest.mark.timeout(60)  # a guard against hanging; how fast it is belongs to the bench
@pytest.mark.parametrize(("name", "drawing", "code"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_gives_findings(name, drawing, code):
    findings = lint(Folder("p", drawing))
    assert code in {finding.code for finding in findings}
    assert len(findings) <= 500
    assert all(len(finding.message) < 1000 and len(finding.element) <= 200 for finding in findings)


CONTENTS = [b"", b"\xff\xfe", b"[" * 100_000, b"{}", b'{"components": [1]}', b'{"components": [{}]}', b"x" * 300_000]
CONTENTS += [b'{"components": [{"type": [1], "key": {"a": 1}, "values": 3}]}', b"Onderwerp:\n", b"{{" * 10_000]
CONTENTS += [b"Onderwerp: x\n\n" + b"{% if a %}" * 5_000, b"1" * 5_000, b'{"components": [{"type": "text"}]}' * 2]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("content", CONTENTS, ids=range(len(CONTENTS)))
def test_hostile_forms_and_mails_give_findings(content):
    findings = lint(Folder("p", (SMALL % "").encode(), {"a.json": content}, {"a.txt": content}))
    assert {"forms/a.json", "mails/a.txt"} & {finding.element for finding in findings}


def test_our_own_drawings_are_here():
    assert DRAWINGS


@pytest.mark.parametrize("path", DRAWINGS, ids=[path.stem for path in DRAWINGS])
def test_a_damaged_drawing_never_raises(path):
    """Cut off, with bytes changed, with lines left out or doubled, with attributes exchanged."""
    chance = random.Random(7)
    folder = read_folder(path)
    lines = folder.drawing.splitlines(keepends=True)
    for _round in range(60):
        damaged = list(lines)
        for _time in range(chance.choice((1, 3, 30))):
            at, other = chance.randrange(len(damaged)), chance.randrange(len(damaged))
            damaged[at : at + 1] = chance.choice(([], [damaged[at]] * 2, [damaged[other]], [damaged[at].swapcase()]))
        data = b"".join(damaged)
        for drawing in (data, data[: chance.randrange(len(data) + 1)]):
            lint(Folder(folder.name, drawing, folder.forms, folder.mails))


WORDS = st.sampled_from(
    ["", "p", "a", "true", "false", "P1D", "9**9", "none", "\x7f", "é", "9" * 40, "-1", "a b", "{{x}}", "nan", "case.x"]
)
TAGS = st.sampled_from(
    [
        "caseType",
        "value",
        "deadline",
        "status",
        "mail",
        "service",
        "result",
        "withdrawal",
        "onDemand",
        "role",
        "form",
        "x",
    ]
)
KEYS = st.sampled_from(
    [
        "code",
        "title",
        "type",
        "order",
        "from",
        "rule",
        "duration",
        "list",
        "by",
        "until",
        "result",
        "operation",
        "message",
    ]
)


@settings(max_examples=150, deadline=2000)
@given(st.lists(st.tuples(TAGS, st.dictionaries(KEYS, WORDS, max_size=5)), max_size=6))
def test_any_setting_anywhere_never_raises(rows):
    said = "".join(f"<case:{tag} {_attributes(values)}/>" for tag, values in rows)
    inside = f"<bpmn:extensionElements>{said}</bpmn:extensionElements>"
    kinds = ("userTask", "endEvent", "serviceTask", "callActivity", "sendTask", "laneSet")
    elements = "".join(f'<bpmn:{kind} id="{kind}">{inside}</bpmn:{kind}>' for kind in kinds)
    reading = read_model((SMALL % (inside + elements)).encode())
    assert reading.model is not None
    lint(Folder("p", (SMALL % (inside + elements)).encode()))


def _attributes(values: dict) -> str:
    return " ".join(f'{key}="{value}"' for key, value in values.items())


def test_a_folder_that_is_not_there_is_an_empty_drawing(tmp_path):
    folder = read_folder(tmp_path / "nergens")
    assert folder.drawing == b""
    assert [finding.code for finding in lint(folder)] == ["file-empty"]


def test_a_folder_is_read_with_its_forms_mails_and_rehearsals(tmp_path):
    home = tmp_path / "proef"
    for name in ("proef.bpmn", "forms/a.json", "forms/a.txt", "mails/b.txt", "rehearsals/c.yaml"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(name)
    for path in (home, home / "proef.bpmn"):
        folder = read_folder(path)
        assert (folder.name, folder.drawing) == ("proef", b"proef.bpmn")
        assert [*folder.forms, *folder.mails, *folder.rehearsals] == ["a.json", "b.txt", "c.yaml"]
