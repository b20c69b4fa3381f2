"""The settings of a drawing: frozen, read once at deployment, keyed by element id.

Comes in from `engine.kernel.reading`; goes out to the linter, the engine and the case work.
The XML that each class stands for is described in docs/bpmn-profile.md.
Durations are texts in ISO 8601 (`P2W`, `P10D`); expressions are texts in the language of `engine.expressions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.words import (
    Answers,
    Audience,
    ButtonShown,
    Confidentiality,
    Confirmation,
    Counting,
    DeadlineVerb,
    FactDay,
    FixedRole,
    Language,
    LinkTo,
    MainCaseRule,
    Occasion,
    Severity,
    Side,
    SignInLevel,
    ValueType,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend in a drawing: where, how bad, a stable code, and a plain Dutch sentence with the advice."""

    element: str
    severity: Severity
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class LegalTerm:
    """The uses that a drawing may make of a law rule. `procedures` it is for (none: every); `variants` it has; `retired`
    are those of them that only running cases still have: a new drawing may not name them.
    """

    procedures: tuple[str, ...] = ()
    variants: tuple[str, ...] = ("standard",)
    retired: tuple[str, ...] = ()
    extends: bool = False
    consents: bool = False


@dataclass(frozen=True, slots=True)
class Translation:
    """A text of a drawing in another language. `of`: the attribute or text that it translates, such as `name`."""

    lang: Language
    of: str
    text: str


Translations = tuple[Translation, ...]


@dataclass(frozen=True, slots=True)
class CaseType:
    identification: str
    title: str
    prefix: str
    synonyms: tuple[str, ...] = ()
    confidentiality: str = Confidentiality.ZAAKVERTROUWELIJK
    portal: bool = True
    published_from: str | None = None
    department_closes_after: str = "P14D"
    selectielijst: str | None = None
    procedure: str | None = None  # a word of Procedure
    main_case: MainCaseRule = MainCaseRule.NONE
    calls: bool = False  # we promise whoever files to call
    without_sign_in: bool = False  # somebody who does not sign in may file it too
    filed_together: bool = False  # who files may name others, each of whom confirms by an own sign-in
    sign_in_level: SignInLevel = SignInLevel.SUBSTANTIAL
    supplement: str | None = None  # the process that judges what a department sends late
    translations: Translations = ()

    @property
    def by_visitors(self) -> bool:
        """Whether somebody may file it who does not sign in at all: never where a strong sign-in is demanded."""
        return self.without_sign_in and self.sign_in_level != SignInLevel.HIGH


@dataclass(frozen=True, slots=True)
class Role:
    """A lane: whose side does its tasks. `party` is a party role such as `objector`; `link` is mailbox or person."""

    lane: str
    name: str
    side: Side
    party: str | None = None
    link: LinkTo = LinkTo.MAILBOX
    generic: str | None = None


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A role that a party may have in a case of this type. `confidential`: who it is stays off lists, portals and links."""

    code: str
    title: str
    initiator: bool = False
    confidential: bool = False
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    title: str
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class Value:
    code: str
    title: str
    type: ValueType
    list: bool = False
    choices: tuple[Choice, ...] = ()
    confidential: bool = False  # only who works on the case reads it
    optional: bool = False  # of an input: a caller may leave it out, and then it is empty
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class DrawnDeadline:
    """Either `rule` (a law rule, with an optional expression that names its variant) or `duration` is set.

    `length` is an expression that gives a duration in the place of that of the rule or of `duration`, such as the term
    that a court set; while it gives nothing, their own length counts. `per_day` and `at_most` are expressions that give the
    euros which a court ordered for each day after the term, and their bound (Awb 8:55d, second paragraph). `court`: the term
    is one of a court, and so counts as one of the law, also without a rule.
    """

    code: str
    title: str
    rule: str | None = None
    variant: str | None = None
    duration: str | None = None
    length: str | None = None
    per_day: str | None = None
    at_most: str | None = None
    court: bool = False
    calendar: Counting = Counting.CALENDAR
    start_from: str = "today()"
    warnings: tuple[str, ...] = ()
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class DeadlineAction:
    deadline: str
    action: DeadlineVerb
    ground: str | None = None
    at: Occasion = Occasion.ENTER
    until: str | None = (
        None  # extend, consent: expression for the new date; extend without it takes what the law allows
    )
    on: FactDay | None = None
    day: str | None = None  # code of a date value: the day that a form says; while it is empty, `on` or today counts


@dataclass(frozen=True, slots=True)
class Status:
    code: str
    name: str
    order: int
    visible: bool = True
    notify: bool = True
    explanation: str = ""
    next: str = ""
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class WantedDocument:
    type: str
    description: str
    required: bool = False
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class KeptMessage:
    """A message that is thrown while nobody waits for it stays until somebody does. Being there is all that it says."""


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    department: str  # expression that gives a department code
    term: str
    mail: str
    calendar: Counting = Counting.WORKING
    party_fields: tuple[str, ...] = ("name",)
    documents: tuple[WantedDocument, ...] = ()
    with_filed: bool = False  # the department reads what the case was filed with, without contact details


@dataclass(frozen=True, slots=True)
class OnDemand:
    """A button that a case worker may press at any moment: starts `process` or sends `message` to the drawing."""

    code: str
    label: str
    when: ButtonShown = ButtonShown.RUNNING
    process: str | None = None
    message: str | None = None
    request: DocumentRequest | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    by: tuple[str, ...]
    until: str
    result: str
    confirm: Confirmation = Confirmation.NONE
    mail: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    template: str
    to: str
    formal: bool = False
    document_type: str = "correspondence"
    enclose: tuple[str, ...] = ()  # document types: what of these the case holds goes along with a formal notice
    edit: bool = False  # a formal notice waits as a draft until its handler sends it
    approve: tuple[str, ...] = ()  # words of Approver: who agrees to the draft before it leaves, in this order
    four_eyes: bool = False  # nobody agrees to a text of their own

    @property
    def drafted(self) -> bool:
        """Whether the notice waits for somebody before it leaves."""
        return self.edit or bool(self.approve)


@dataclass(frozen=True, slots=True)
class Service:
    operation: str
    parameters: Mapping[str, str] = field(default_factory=dict)  # name -> expression


@dataclass(frozen=True, slots=True)
class Assignment:
    role: str
    lane: str | None = (
        None  # of a task in a subprocess: the id of its lane, when that is not the lane of the subprocess
    )
    not_same_as: str | None = None
    not_decider: bool = False
    not_party: str | None = None  # who has this role in the case may have nothing to do with it in the workbench
    mandate: bool = False
    body: str | None = None  # the choice value that says which administrative body decides
    taken_by: str | None = None  # the choice value that says who took it: under mandate, or a body itself
    taken_on: str | None = None  # the date value with the day on which that body took it
    lead_time: str | None = None
    calendar: Counting = Counting.WORKING
    answers: Answers | None = None  # None in drawings of before: whoever answers first, answers for the role
    also: tuple[str, ...] = ()  # with each: more party roles that get the task, beside that of the lane
    changeable: bool = True  # of a citizen: the answer may be changed until it was used
    change_before: str | None = None  # an expression: until this day also when somebody took the next task


ARCHIVED = ("pdf",)  # the formats of a document type that is marked for the archive


LARGEST_FILE: Final = 500  # megabytes; the most that a document type may take
LONGEST_POINT: Final = 300  # characters of a point of a checklist
MOST_STANDARD: Final = 40  # points that every new case gets: what somebody still looks through


@dataclass(frozen=True, slots=True)
class DocumentType:
    """`archive`: a formal decision or the like, which is stored as it will be kept: a PDF and nothing else."""

    code: str
    name: str
    confidentiality: str = Confidentiality.ZAAKVERTROUWELIJK
    seen_by: tuple[str, ...] = ()  # words of SeenBy
    formats: tuple[str, ...] = ("pdf",)
    max_megabytes: int = 100
    citizen_may_add: bool = False
    archive: bool = False
    translations: Translations = ()

    @property
    def taken(self) -> tuple[str, ...]:
        """The formats that are taken, whatever `formats` of a drawing says."""
        return ARCHIVED if self.archive else self.formats

    @property
    def audience(self) -> Audience:
        """The parties who see such a document by default: the widest audience of those named."""
        return next((who for who in Audience if who in self.seen_by), Audience.NONE)


@dataclass(frozen=True, slots=True)
class Retention:
    """Another retention rule, for when the expression holds; of all that hold the longest counts."""

    rule: str
    when: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """A value of the case that goes along to the one that follows: expression here, code of the value there."""

    value: str
    to: str


@dataclass(frozen=True, slots=True)
class ResultType:
    """`follow` is the case type that starts when a case ends with this result, with `maps` as its values."""

    code: str
    description: str
    retention: str
    follow: str | None = None
    retentions: tuple[Retention, ...] = ()
    maps: tuple[Mapped, ...] = ()
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class StandardPoint:
    """A point of the checklist that every new case gets."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Result:
    """Exactly one is set: `type` names a result type, `value` a choice value whose choices are result types."""

    type: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class DrawnForm:
    """The form of an element. What is sent with it becomes a document: `filed_as` is its title, `document_type` its type."""

    schema: str
    filed_as: str = ""
    document_type: str = ""
    translations: Translations = ()


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """A task that plans a hearing, which a session of a committee may do. `on` is the moment that it plans; the others are the codes of
    values that the session fills too, and `building` and `video` the choices of `place` for a room and for a video link. The session shows
    `public`, `coming` and `needs` (what each party answered), and fills `present` when it was held. `move`: the button that plans anew. `when`: an expression over values; while it does not hold the case is heard without a session.
    """

    on: str
    place: str | None = None
    building: str | None = None
    video: str | None = None
    room: str | None = None
    online: str | None = None
    chair: str | None = None
    members: str | None = None
    public: str | None = None
    coming: str | None = None
    needs: tuple[str, ...] = ()
    present: str | None = None
    move: str | None = None
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node with everything that its extension elements say. `filed_as`, `filed_type`: as of DrawnForm."""

    id: str
    kind: str  # a word of ElementKind, or the BPMN local name of what the linter refuses
    name: str = ""
    documentation: str = ""
    lane: str | None = None
    called: str | None = None
    status: Status | None = None
    deadline_actions: tuple[DeadlineAction, ...] = ()
    request: DocumentRequest | None = None
    mail: Mail | None = None
    service: Service | None = None
    form: str | None = None
    filed_as: str = ""
    filed_type: str = ""
    assignment: Assignment | None = None
    result: Result | None = None
    translations: Translations = ()
    filed_translations: Translations = ()
    keep: bool = False  # a message that it throws while nobody waits is kept until somebody does
    session: SessionPlan | None = None  # it plans a hearing, which may be on the agenda of a committee


@dataclass(frozen=True, slots=True)
class Model:
    """A whole drawing. A process without `case_type` is one that others call."""

    process: str
    name: str
    case_type: CaseType | None
    roles: Mapping[str, Role]  # by lane id
    values: Mapping[str, Value]
    deadlines: Mapping[str, DrawnDeadline]
    document_types: Mapping[str, DocumentType]
    result_types: Mapping[str, ResultType]
    on_demand: Mapping[str, OnDemand]
    withdrawal: Withdrawal | None
    inputs: Mapping[str, Value]
    outputs: Mapping[str, Value]
    elements: Mapping[str, Element]
    # empty: whoever the citizens' lanes name, a representative and a third party
    parties: Mapping[str, PartyRole] = field(default_factory=dict)
    checklist: Mapping[str, StandardPoint] = field(default_factory=dict)

    def role_of(self, element: str) -> Role | None:
        """The role of the lane in which an element stands; None outside any lane."""
        lane = self.elements[element].lane
        return self.roles.get(lane) if lane else None

    def asks_each(self, element: str) -> bool:
        """Whether everybody in the role of this task gets the task for themselves (`answers="each"`)."""
        rule = self.elements[element].assignment
        return rule is not None and rule.answers == Answers.EACH

    def asked_roles(self, element: str) -> tuple[str, ...]:
        """The party roles of which everybody gets this task for themselves; none when it is no such task."""
        rule, role = self.elements[element].assignment, self.role_of(element)
        if rule is None or role is None or role.party is None or rule.answers != Answers.EACH:
            return ()
        return (role.party, *rule.also)

    def initiators(self) -> tuple[str, ...]:
        """The party roles that take a case up, the first of them by default."""
        declared = [party.code for party in self.parties.values() if party.initiator]
        drawn = [
            role.party
            for role in self.roles.values()
            if role.side == Side.CITIZEN and role.party != FixedRole.THIRD_PARTY
        ]
        return tuple(declared or dict.fromkeys(filter(None, drawn))) or (FixedRole.OBJECTOR,)

    def personal_roles(self) -> frozenset[str]:
        """The party roles that get a link of their own: a department's lane for one named person."""
        return frozenset(role.party for role in self.roles.values() if role.link == LinkTo.PERSON and role.party)

    def barred_roles(self) -> frozenset[str]:
        """The party roles whose members may not handle the case."""
        rules = (element.assignment for element in self.elements.values() if element.assignment)
        return frozenset(rule.not_party for rule in rules if rule.not_party)

    def party_roles(self) -> tuple[str, ...]:
        """Every role that a party may have, first those that take a case up."""
        return tuple(
            dict.fromkeys([*self.initiators(), *(self.parties or (FixedRole.REPRESENTATIVE, FixedRole.THIRD_PARTY))])
        )

    def statuses(self) -> tuple[Status, ...]:
        """Every status that the drawing can reach, each code once, by order."""
        found = {e.status.code: e.status for e in self.elements.values() if e.status}
        if self.withdrawal and self.withdrawal.status:
            found.setdefault(self.withdrawal.status.code, self.withdrawal.status)
        return tuple(sorted(found.values(), key=lambda status: status.order))


@dataclass(frozen=True, slots=True)
class Folder:
    """A case type folder as bytes: the drawing, and its forms, mails and rehearsals by file name."""

    name: str
    drawing: bytes
    forms: Mapping[str, bytes] = field(default_factory=dict)
    mails: Mapping[str, bytes] = field(default_factory=dict)
    rehearsals: Mapping[str, bytes] = field(default_factory=dict)
