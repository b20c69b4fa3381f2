"""The actions that stand in the security log once they are carried out, each under its event.

An action that is not in the table is work in a case, of which the audit trail holds every step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from processes.actions import (
    agreeing,
    bars,
    case_access,
    dated,
    demo,
    departments,
    deploying,
    documents,
    dossier_links,
    draft_comments,
    drafting,
    holds,
    house_style,
    law,
    mailing,
    moving,
    out_of_use,
    people,
    person_data,
    proposing,
    publishing,
    retention,
    team_members,
)
from processes.base.actor import Actor
from processes.base.security_log import SecurityEvent, security_event


@dataclass(frozen=True, slots=True)
class _Told:
    """`of_cases`: the answer of the action holds the numbers of cases, one a line, and each gets a line of its own. Otherwise
    the answer is the code of what was changed. `field` is a field of the action that says more.
    """

    event: SecurityEvent
    of_cases: bool = False
    field: str = ""


EVENTS: Final[Mapping[type, _Told]] = {
    deploying.DeployFolder: _Told(SecurityEvent.MODEL_CHANGED),
    drafting.DeployDraft: _Told(SecurityEvent.MODEL_CHANGED),
    proposing.ApproveVersion: _Told(SecurityEvent.MODEL_CHANGED),
    proposing.SendBackVersion: _Told(SecurityEvent.MODEL_CHANGED),
    proposing.WithdrawVersion: _Told(SecurityEvent.MODEL_CHANGED),
    proposing.StartVersion: _Told(SecurityEvent.MODEL_CHANGED),
    proposing.StopVersion: _Told(SecurityEvent.MODEL_CHANGED),
    draft_comments.ShareDraft: _Told(SecurityEvent.MODEL_CHANGED),
    draft_comments.EndShare: _Told(SecurityEvent.LINK_ENDED),
    draft_comments.AnswerComment: _Told(SecurityEvent.MODEL_CHANGED),
    draft_comments.TickComment: _Told(SecurityEvent.MODEL_CHANGED),
    out_of_use.EndUse: _Told(SecurityEvent.MODEL_CHANGED),
    out_of_use.KeepInUse: _Told(SecurityEvent.MODEL_CHANGED),
    agreeing.AgreeToChange: _Told(SecurityEvent.MODEL_CHANGED),
    agreeing.SendBackChange: _Told(SecurityEvent.MODEL_CHANGED),
    agreeing.WithdrawChange: _Told(SecurityEvent.MODEL_CHANGED),
    moving.StartMove: _Told(SecurityEvent.MODEL_CHANGED),
    moving.StopMove: _Told(SecurityEvent.MODEL_CHANGED),
    moving.ReturnCases: _Told(SecurityEvent.MODEL_CHANGED),
    moving.ReturnCase: _Told(SecurityEvent.MODEL_CHANGED, of_cases=True),
    law.SaveLawRule: _Told(SecurityEvent.LAW_CHANGED),
    law.RemoveLawRule: _Told(SecurityEvent.LAW_CHANGED),
    law.SaveClosedDay: _Told(SecurityEvent.LAW_CHANGED),
    law.RemoveClosedDay: _Told(SecurityEvent.LAW_CHANGED),
    dated.SaveSetting: _Told(SecurityEvent.SETTING_CHANGED),
    team_members.FollowSignOn: _Told(SecurityEvent.SETTING_CHANGED),
    dated.TakeBackSetting: _Told(SecurityEvent.SETTING_CHANGED),
    dated.ConfirmSetting: _Told(SecurityEvent.SETTING_CHANGED),
    dated.WithdrawSetting: _Told(SecurityEvent.SETTING_CHANGED),
    house_style.UseStyle: _Told(SecurityEvent.SETTING_CHANGED),
    house_style.ReturnToStyle: _Told(SecurityEvent.SETTING_CHANGED),
    house_style.WithdrawStyle: _Told(SecurityEvent.SETTING_CHANGED),
    departments.SaveDepartment: _Told(SecurityEvent.DEPARTMENT_CHANGED),
    departments.EndDepartment: _Told(SecurityEvent.DEPARTMENT_CHANGED),
    departments.ReviveDepartment: _Told(SecurityEvent.DEPARTMENT_CHANGED),
    departments.ImportDepartments: _Told(SecurityEvent.DEPARTMENT_CHANGED),
    departments.ConfirmMailbox: _Told(SecurityEvent.DEPARTMENT_CHANGED),
    departments.WithdrawMailbox: _Told(SecurityEvent.DEPARTMENT_CHANGED),
    people.AdmitAccount: _Told(SecurityEvent.PERSON_ADMITTED),
    people.BlockPerson: _Told(SecurityEvent.PERSON_ENDED),
    people.UnblockPerson: _Told(SecurityEvent.PERSON_ADMITTED),
    demo.MoveClock: _Told(SecurityEvent.SETTING_CHANGED),
    mailing.LetMailGo: _Told(SecurityEvent.SETTING_CHANGED),
    dossier_links.RevokeLink: _Told(SecurityEvent.LINK_ENDED, of_cases=True, field="dossier"),
    dossier_links.NewLink: _Told(SecurityEvent.LINK_ENDED, of_cases=True, field="dossier"),
    documents.RemoveDocument: _Told(SecurityEvent.DOCUMENT_REMOVED, of_cases=True, field="document"),
    publishing.WithdrawPublication: _Told(SecurityEvent.DOCUMENT_REMOVED, of_cases=True, field="publication"),
    person_data.FindPerson: _Told(SecurityEvent.PERSON_SEARCHED),
    person_data.MakePackage: _Told(SecurityEvent.PERSON_DATA_EXPORTED),
    person_data.RemovePackage: _Told(SecurityEvent.PERSON_DATA_EXPORTED),
    bars.BarColleague: _Told(SecurityEvent.ACCESS_CHANGED, of_cases=True),
    bars.LiftBar: _Told(SecurityEvent.ACCESS_CHANGED, of_cases=True, field="bar"),
    case_access.GiveAccess: _Told(SecurityEvent.ACCESS_CHANGED, of_cases=True, field="access"),
    case_access.EndAccess: _Told(SecurityEvent.ACCESS_CHANGED, of_cases=True, field="access"),
    holds.PlaceHold: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
    holds.LengthenHold: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
    holds.EndHold: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
    retention.ExceptCase: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
    retention.RelistCase: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
    retention.ProposeDestruction: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
    retention.ApproveDestruction: _Told(SecurityEvent.DESTRUCTION_CHANGED, of_cases=True),
}


def tell_of_action(actor: Actor, action: object, answer: str) -> None:
    """Lines when this action, which was just carried out with this answer, is one of the table."""
    told = EVENTS.get(type(action))
    if told is None:
        return
    name = type(action).__name__
    if not told.of_cases:
        security_event(told.event, who=actor, action=name, about=answer)
        return
    about = str(getattr(action, told.field)) if told.field else None
    for number in answer.splitlines():
        security_event(told.event, who=actor, whose_case=number, action=name, about=about)
