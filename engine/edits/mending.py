"""Findings that have one right mending, as edits. What needs a person has none: to guess would be to decide for them.

`mending_of` gives the mending of one finding, for a button beside it; `mend` carries out all of a folder, over and over, since
one mending may bring up the next.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from engine.drawing import Drawing
from engine.edits.applying import apply
from engine.edits.asked import (
    DropFromLane,
    Edit,
    Files,
    SetCondition,
    SetDefault,
    SetExecutable,
    SetGatewayKind,
    SetMail,
    SetSetting,
)
from engine.edits.finding import drawing_of
from engine.edits.listing import settings_of
from engine.edits.places import place_of
from engine.errors import EditRefused
from engine.kernel.reading import read_model
from engine.lint.mails import SUBJECT
from engine.model import ARCHIVED, Finding
from engine.words import ElementKind

QUOTED = re.compile(r"`([^`]+)`")
ROUNDS = 20  # each mends all that it can; a folder that needs more is not mended by rule


@dataclass(frozen=True, slots=True)
class Mending:
    """The one right mending of a finding. `sentence` says what it does, for a person who presses it."""

    finding: Finding
    sentence: str
    edit: Edit


Mender = Callable[[Finding, Files, Drawing], tuple[str, Edit] | None]


def mending_of(finding: Finding, files: Files, drawing: Drawing | None = None) -> Mending | None:
    """The mending of a finding in this folder; None when a person has to choose, or the drawing cannot be read. `drawing`: that of
    the folder, when it was read already.
    """
    mender = MENDERS.get(finding.code)
    if mender and drawing is None:
        drawing = read_model(files[drawing_of(files)]).drawing
    found = mender(finding, files, drawing) if mender and drawing else None
    return Mending(finding, *found) if found else None


def mend(files: Files, check: Callable[[Files], Iterable[Finding]]) -> tuple[Files, list[Mending]]:
    """The folder with all mended that has one right mending, and what was done. `check` gives the findings of a folder."""
    done: list[Mending] = []
    for _round in range(ROUNDS):
        before = files
        for finding in check(files):
            mending = mending_of(finding, files)
            if mending is None:
                continue
            try:
                files = apply(files, mending.edit)
            except EditRefused:
                continue
            done.append(mending)
        if files == before:
            break
    return files, done


def _condition_of_default(finding: Finding, _files: Files, _drawing: Drawing) -> tuple[str, Edit]:
    return "De voorwaarde van de standaardpijl is weg.", SetCondition(finding.element, "")


def _only_flow_without_condition(finding: Finding, _files: Files, drawing: Drawing) -> tuple[str, Edit] | None:
    plain = [flow for flow in drawing.flows.values() if flow.source == finding.element and not flow.condition]
    if len(plain) != 1:
        return None
    return "De enige pijl zonder voorwaarde is nu de standaardpijl.", SetDefault(finding.element, plain[0].id)


def _executable(finding: Finding, _files: Files, drawing: Drawing) -> tuple[str, Edit] | None:
    if finding.element != drawing.process:
        return None
    return "Het proces is nu uitvoerbaar.", SetExecutable(finding.element)


def _join(kind: ElementKind, name: str) -> Mender:
    def mender(finding: Finding, _files: Files, drawing: Drawing) -> tuple[str, Edit] | None:
        node = drawing.nodes.get(finding.element)
        onward = sum(flow.source == finding.element for flow in drawing.flows.values())
        if node is None or node.kind not in JOINS or onward > 1:
            return None
        return f"Deze samenkomst is nu een {name} gateway.", SetGatewayKind(finding.element, kind)

    return mender


def _nowhere_in_lane(finding: Finding, _files: Files, _drawing: Drawing) -> tuple[str, Edit] | None:
    named = QUOTED.search(finding.message)
    return ("De baan noemt dit onderdeel niet meer.", DropFromLane(finding.element, named[1])) if named else None


def _only_pdf(finding: Finding, files: Files, _drawing: Drawing) -> tuple[str, Edit] | None:
    place = place_of(finding, settings_of(files))
    if place.path is None:
        return None
    return "Deze documentsoort neemt nu alleen PDF aan.", SetSetting(
        finding.element, place.path, "formats", ARCHIVED[0]
    )


def _empty_line(finding: Finding, files: Files, _drawing: Drawing) -> tuple[str, Edit] | None:
    """Only the line after a subject that is there."""
    text = _mail(finding, files)
    first, _, rest = text.partition("\n")
    if not first.removeprefix(SUBJECT).strip() or not first.startswith(SUBJECT) or not rest.partition("\n")[0].strip():
        return None
    return "Na het onderwerp staat nu een lege regel.", SetMail(_mail_name(finding), f"{first}\n\n{rest}")


def _promise(finding: Finding, files: Files, _drawing: Drawing) -> tuple[str, Edit] | None:
    """Only when the day stands there once, so that there is no doubt about which one is promised."""
    named, text = QUOTED.search(finding.message), _mail(finding, files)
    if named is None:
        return None
    pattern = re.compile(r"(\{\{\s*" + re.escape(named[1]) + r"\s*\|\s*)date(\s*\}\})")
    if len(pattern.findall(text)) != 1:
        return None
    promised = pattern.sub(r"\1promise\2", text)
    return f"`{named[1]}` staat er nu als een dag die u belooft.", SetMail(_mail_name(finding), promised)


def _mail(finding: Finding, files: Files) -> str:
    return files.get(finding.element, b"").decode("utf-8-sig", "replace").replace("\r\n", "\n")


def _mail_name(finding: Finding) -> str:
    return finding.element.removeprefix("mails/")


JOINS = frozenset({ElementKind.EXCLUSIVE_GATEWAY, ElementKind.PARALLEL_GATEWAY, ElementKind.INCLUSIVE_GATEWAY})
MENDERS: Mapping[str, Mender] = {
    "archive-format": _only_pdf,
    "dangling-lane": _nowhere_in_lane,
    "default-with-condition": _condition_of_default,
    "exclusive-joined-by-parallel": _join(ElementKind.EXCLUSIVE_GATEWAY, "exclusieve"),
    "gateway-without-default": _only_flow_without_condition,
    "mail-without-subject": _empty_line,
    "parallel-joined-by-exclusive": _join(ElementKind.PARALLEL_GATEWAY, "parallelle"),
    "process-not-executable": _executable,
    "promise-without-mark": _promise,
}
