"""Drawings as other tools write them: other prefixes, odd ids, no settings. A line is a node or an arrow.

`task A: Naam` (any local name of BPMN, `@definition attr=value` for an event definition), `A > B`, `A > B: ja`, `A > ?` (it lost its end); pools are texts by name.
"""

import re
from collections.abc import Sequence

HEAD = (
    '<semantic:definitions xmlns:semantic="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:tool="urn:een-ander-programma" '
    'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" id="d" tool:version="9">'
)
ARROW = re.compile(r"(\w+) > ([\w?]+)(?:: (.*))?")
NODE = re.compile(r"(\w+) (\w+)((?: \w+=\S+)*)(?:: ([^@]*?))?(?: @(\w+)((?: \w+=\S+)*)(?: (time\w+) (\S+))?)?( \{)?")


def foreign(text: str, *, messages: Sequence[tuple[str, str]] = (), outside: str = "", **pools: str) -> bytes:
    """One process from `text`, or one for each pool."""
    processes = "".join(_process(name, body) for name, body in (pools or {"proces": text}).items())
    participants = "".join(f'<semantic:participant id="p_{name}" name="{name}" processRef="{name}"/>' for name in pools)
    flows = "".join(
        f'<semantic:messageFlow id="m{at}" sourceRef="{source}" targetRef="{target}"/>'
        for at, (source, target) in enumerate(messages)
    )
    collaboration = f'<semantic:collaboration id="c">{participants}{flows}</semantic:collaboration>' if pools else ""
    return f"{HEAD}{outside}{collaboration}{processes}</semantic:definitions>".encode()


def _process(name: str, text: str) -> str:
    return f'<semantic:process id="{name}" name="{name}">{"".join(_line(line.strip()) for line in text.strip().splitlines())}</semantic:process>'


def _line(line: str) -> str:
    if line == "}":
        return "</semantic:subProcess>"
    if arrow := ARROW.fullmatch(line):
        source, target, name = arrow.groups()
        named = f' name="{name}"' if name else ""
        to = "" if target == "?" else f' targetRef="{target}"'
        return f'<semantic:sequenceFlow id="{source}-{target}-{name or ""}"{named} sourceRef="{source}"{to}/>'
    kind, key, attributes, name, definition, more, timer, text, opens = _matched(line)
    named = f' name="{name.strip()}"' if name else ""
    start = f'<semantic:{kind} id="{key}"{named}{_attributes(attributes)}><semantic:extensionElements><tool:x y="1"/></semantic:extensionElements>'
    inner = f"<semantic:{timer}>{text}</semantic:{timer}>" if timer else ""
    event = (
        f"<semantic:{definition}EventDefinition{_attributes(more)}>{inner}</semantic:{definition}EventDefinition>"
        if definition
        else ""
    )
    return f"{start}{event}" if opens else f"{start}{event}</semantic:{kind}>"


def _attributes(text: str | None) -> str:
    return "".join(f' {key}="{value}"' for key, value in (one.split("=") for one in (text or "").split()))


def _matched(line: str) -> tuple[str | None, ...]:
    found = NODE.fullmatch(line)
    assert found, line
    return found.groups()
