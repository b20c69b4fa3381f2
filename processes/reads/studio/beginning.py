"""A new case type that is drawn from nothing: a begin, one task of the worker, a letter and an end with a result, with statuses.

It is made by the way of a drawing of another tool (`engine.adopting`), so that it is laid out in a lane and the check finds nothing. It has
no rehearsal: one of this little would be broken by the first step that somebody adds.
"""

from typing import Final

from engine.edits import Files, SetSetting, apply, files_of
from processes.access.guards import only_staff
from processes.base.actor import Actor, StaffRole
from processes.base.errors import Invalid
from processes.base.isolated_adopting import adopt_apart
from processes.base.isolated_check import NotReadApart
from processes.law.for_linter import known_rules
from processes.law.retention_classes import retention_to_choose
from processes.reads.admin.uploading import in_use
from processes.storage.services import Services
from processes.studio.copying import NewNames

REHEARSALS: Final = "rehearsals/"
LETTER: Final = "LaatWetenHoeHetAfliep"  # the readable id that the step below gets from its name
CASE_TYPE: Final = (("caseType", 0),)
DRAWN: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="begin" targetNamespace="urn:zaakspoor">
  <process id="begin" isExecutable="true">
    <laneSet id="lanes"><lane id="worker" name="Behandelaar">
      <flowNodeRef>received</flowNodeRef><flowNodeRef>handle</flowNodeRef><flowNodeRef>told</flowNodeRef>
      <flowNodeRef>done</flowNodeRef>
    </lane></laneSet>
    <startEvent id="received" name="Aanvraag ontvangen"/>
    <userTask id="handle" name="Behandel de aanvraag"/>
    <sendTask id="told" name="Laat weten hoe het afliep"/>
    <endEvent id="done" name="Afgehandeld"/>
    <sequenceFlow id="first" sourceRef="received" targetRef="handle"/>
    <sequenceFlow id="next" sourceRef="handle" targetRef="told"/>
    <sequenceFlow id="last" sourceRef="told" targetRef="done"/>
  </process>
</definitions>
"""


def retention_offered(services: Services, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The classes of the selection list that a result may have, code and words."""
    only_staff(actor, (StaffRole.ADMIN,))
    _, book, _today = in_use(services)
    known = known_rules(book)[1]
    return tuple((code, words) for code, words in retention_to_choose().items() if code in known)


def new_case_type_files(
    services: Services, actor: Actor, names: NewNames, retention: str, *, by_citizens: bool
) -> Files:
    """The folder of a new case type. `by_citizens`: whether citizens file it themselves. Raises Invalid."""
    offered = dict(retention_offered(services, actor))
    names.checked()
    if retention not in offered:
        raise Invalid({"retention": "Kies hoe lang deze zaken worden bewaard."})
    answers = {"prefix": names.prefix, "retention": retention, "mail-told": "parties"}
    try:
        made = adopt_apart(DRAWN, names.identification, names.title, answers, offered)
    except NotReadApart as why:
        raise Invalid({"": why.sentence}) from why
    files: Files = {name: data for name, data in files_of(made.folder).items() if not name.startswith(REHEARSALS)}
    files = apply(files, SetSetting(LETTER, (("mail", 0),), "formal", "true"))
    return files if by_citizens else apply(files, SetSetting(names.identification, CASE_TYPE, "portal", "false"))
