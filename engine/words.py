"""The words that a drawing may use where it has to choose, and the words by which code tells them apart.

Each set is one enumeration whose members equal their spelling in the drawing, so that a plain text compares with them.
"""

from enum import StrEnum


class ElementKind(StrEnum):
    """An element of a drawing, by its local name in BPMN 2.0: the flow nodes that Zaakspoor runs, and below them
    others that code has to tell apart. The linter refuses every kind of flow node that is not run or read as one that is.
    """

    USER_TASK = "userTask"
    SERVICE_TASK = "serviceTask"
    SEND_TASK = "sendTask"
    RECEIVE_TASK = "receiveTask"
    CALL_ACTIVITY = "callActivity"
    SUB_PROCESS = "subProcess"
    START_EVENT = "startEvent"
    END_EVENT = "endEvent"
    INTERMEDIATE_CATCH_EVENT = "intermediateCatchEvent"
    INTERMEDIATE_THROW_EVENT = "intermediateThrowEvent"
    BOUNDARY_EVENT = "boundaryEvent"
    EXCLUSIVE_GATEWAY = "exclusiveGateway"
    PARALLEL_GATEWAY = "parallelGateway"
    INCLUSIVE_GATEWAY = "inclusiveGateway"
    EVENT_BASED_GATEWAY = "eventBasedGateway"
    # read as user tasks
    TASK = "task"
    MANUAL_TASK = "manualTask"
    # not run
    COMPLEX_GATEWAY = "complexGateway"
    SCRIPT_TASK = "scriptTask"
    BUSINESS_RULE_TASK = "businessRuleTask"
    TRANSACTION = "transaction"
    AD_HOC_SUB_PROCESS = "adHocSubProcess"
    DATA_OBJECT = "dataObject"
    DATA_OBJECT_REFERENCE = "dataObjectReference"
    DATA_STORE_REFERENCE = "dataStoreReference"


class EventKind(StrEnum):
    """The kinds of events of a drawing: the definition inside it, without `EventDefinition` behind the name."""

    TIMER = "timer"
    MESSAGE = "message"
    SIGNAL = "signal"
    ERROR = "error"
    TERMINATE = "terminate"


class TimerKind(StrEnum):
    """The forms of a timer of a drawing, by the name of the element in it: a date, a duration or a repetition."""

    DATE = "timeDate"
    DURATION = "timeDuration"
    CYCLE = "timeCycle"


class Side(StrEnum):
    """The side of a lane, kept with every task. The member `worker` is the team that handles cases."""

    CITIZEN = "citizen"
    DEPARTMENT = "department"
    WORKER = "worker"
    COMMITTEE = "committee"


class AdministrativeBody(StrEnum):
    """The bodies of a municipality that decide (Gemeentewet 6): their codes in choices of a drawing and in the settings."""

    COLLEGE = "college"
    BURGEMEESTER = "burgemeester"
    RAAD = "raad"


class DecidedHow(StrEnum):
    """The way in which a body decides that is not by itself: somebody decides in its name (mandate, Awb 10:1)."""

    MANDATE = "mandaat"


class Remedy(StrEnum):
    """The ways to go against a decision, as a letter tells it (Awb 3:45, 6:23, 9:12): a text block for each."""

    OBJECTION = "bezwaar"
    APPEAL = "beroep"
    OMBUDSMAN = "ombudsman"
    NONE = "geen"


class LinkTo(StrEnum):
    """The kinds of links of a department's lane: a link to the mailbox of the department, or to one named person."""

    MAILBOX = "mailbox"
    PERSON = "person"


class FixedRole(StrEnum):
    """Roles of a party that code knows by name; all others are words of the case type (`case:party`)."""

    OBJECTOR = "objector"
    REPRESENTATIVE = "representative"
    THIRD_PARTY = "third_party"
    COURT = "court"
    OTHER_BODY = "other_body"  # an organisation to which a case is sent on: no interested party


class Recipient(StrEnum):
    """The recipients of a mail or letter of a drawing, besides the party roles of the case type (`to`)."""

    PARTIES = "parties"
    INITIATOR = "initiator"
    ITEM = "item"
    DEPARTMENT = "department"
    DEPARTMENT_MANAGER = "department_manager"
    HANDLER = "handler"
    DECIDER = "decider"


class Approver(StrEnum):
    """The people who agree to a letter before it leaves (`approve`): somebody who decides, somebody of the team of the case type, or
    one whom the handler chooses.
    """

    DECIDER = "decider"
    TEAM = "team"
    CHOSEN = "chosen"


class SeenBy(StrEnum):
    """The audiences of documents of a type, as a drawing says it (`seenBy`)."""

    PARTIES = "parties"
    INITIATOR = "initiator"
    OWN = "own"
    DEPARTMENT = "department"
    COMMITTEE = "committee"


class Answers(StrEnum):
    """Whose answer a task waits for when several people have its role (`answers`): the first one, or that of each."""

    FIRST = "first"
    EACH = "each"


class Audience(StrEnum):
    """The parties who see one document: all, those who took the case up, only whose it is, or none of them."""

    PARTIES = "parties"
    INITIATOR = "initiator"
    OWN = "own"
    NONE = "none"


class Confidentiality(StrEnum):
    """The confidentiality of a case or document (ZGW: vertrouwelijkheidaanduiding), from low to high."""

    OPENBAAR = "openbaar"
    BEPERKT_OPENBAAR = "beperkt_openbaar"
    INTERN = "intern"
    ZAAKVERTROUWELIJK = "zaakvertrouwelijk"
    VERTROUWELIJK = "vertrouwelijk"
    CONFIDENTIEEL = "confidentieel"
    GEHEIM = "geheim"
    ZEER_GEHEIM = "zeer_geheim"


class ValueType(StrEnum):
    """The types of values of a case, which say how each is stored, shown and compared."""

    TEXT = "text"
    NUMBER = "number"
    CHOICE = "choice"
    DATE = "date"
    DATETIME = "datetime"
    BOOLEAN = "boolean"
    PARTY = "party"
    DECISION = "decision"
    FILE = "file"


class DeadlineVerb(StrEnum):
    """The changes that a step of a drawing makes to a deadline."""

    START = "start"
    SUSPEND = "suspend"
    RESUME = "resume"
    EXTEND = "extend"
    CONSENT = "consent"
    MEET = "meet"


class Occasion(StrEnum):
    """The moment at which a step acts: as the step is entered, or as it is left."""

    ENTER = "enter"
    LEAVE = "leave"


class FactDay(StrEnum):
    """The day that a change of a deadline counts from (`on`): when the formal notice of its step was sent, or when the answer
    before it was received.
    """

    SENT = "sent"
    RECEIVED = "received"


class Counting(StrEnum):
    """The days of a term that count: all of the calendar, or working days only."""

    CALENDAR = "calendar"
    WORKING = "working"


class SuspensionGround(StrEnum):
    """The grounds on which a step of a drawing lets a term stand still (`ground`), by the article that gives each."""

    AWB_6_6 = "awb-6-6"
    AWB_4_15 = "awb-4-15"
    WOO_4_1 = "woo-4-1"
    WOO_4_4 = "woo-4-4"


class PartyField(StrEnum):
    """The parts of a party that a document request may show to a department (`partyFields`)."""

    NAME = "name"
    ADDRESS = "address"
    EMAIL = "email"
    PHONE = "phone"


class Procedure(StrEnum):
    """The procedure, and so the law, that the terms of a case type come from."""

    BEZWAAR = "bezwaar"
    BEROEP = "beroep"
    VOORLOPIGE_VOORZIENING = "voorlopige_voorziening"
    WOO = "woo"
    KLACHT = "klacht"
    ADVIES = "advies"
    OTHER = "other"


class MainCaseRule(StrEnum):
    """Whether a case belongs to another case from its start."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class SignInLevel(StrEnum):
    """How strongly a citizen must have signed in to file a case: the levels of eIDAS by which somebody comes in at all."""

    SUBSTANTIAL = "substantial"
    HIGH = "high"


class FollowTo(StrEnum):
    """The places in a case that follows which are no values of it (`to` of `case:map`): the day of receipt, and a contested
    decision of its own.
    """

    RECEIVED_ON = "case.received_on"
    SUBJECT = "decision.subject"
    NUMBER = "decision.number"
    TAKEN_ON = "decision.taken_on"
    ANNOUNCED_ON = "decision.announced_on"
    DEPARTMENT = "decision.department"


class ButtonShown(StrEnum):
    """The state of its case in which a button of the drawing may be pressed (`when`)."""

    RUNNING = "running"
    CLOSED = "closed"


class Confirmation(StrEnum):
    """The person who has to confirm that a case is withdrawn."""

    NONE = "none"
    WORKER = "worker"


class Language(StrEnum):
    """The languages besides Dutch in which a drawing may say a text (`lang`)."""

    ENGLISH = "en"


class Severity(StrEnum):
    """The severity of a finding of the linter: with an error a drawing cannot be deployed."""

    ERROR = "error"
    WARNING = "warning"
