"""The words that stand in columns, one enumeration for each kind of word.

A member equals its word, and is stored as that word: what is read back is the plain text, which compares with the member.
A new word needs a docstring that says what it means; another spelling needs a migration. Words of the drawing (sides,
audiences, confidentiality) are those of `engine.words`; kinds of actors those of `processes.base.actor`.
"""

from enum import StrEnum


class CaseState(StrEnum):
    """Whether a case is worked on (`case.state`). A destroyed case has no row any more: only its certificate says so."""

    RUNNING = "running"
    CLOSED = "closed"
    DESTROYED = "destroyed"


class TermKind(StrEnum):
    """The setter of a term (`deadline.kind`): the law, a court, or the municipality itself. The first two sort lists as legal terms."""

    LAW = "law"
    COURT = "court"
    OWN = "own"


class InstancePhase(StrEnum):
    """The phases of an instance of a drawing (`instance.phase`). One that is stuck waits for an administrator."""

    RUNNING = "running"
    FINISHED = "finished"
    STUCK = "stuck"
    CANCELLED = "cancelled"


class TaskState(StrEnum):
    """Whether a task waits, was done, or was taken away by the drawing or with its case (`task.state`)."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class CaseChannel(StrEnum):
    """The ways in which the first document of a case came in (`case.channel`)."""

    PORTAL = "portal"
    LETTER = "letter"
    COUNTER = "counter"
    EMAIL = "email"
    FORWARDED = "forwarded"


class CoFilerState(StrEnum):
    """The states of somebody who was named as filing along (`co_filer.state`): asked to confirm; joined as a party; declined; taken off by who named
    this person or by staff; the time to confirm ended; confirmed when the case was over or decided.
    """

    ASKED = "asked"
    JOINED = "joined"
    DECLINED = "declined"
    REMOVED = "removed"
    ENDED = "ended"
    LATE = "late"


class PostItemChannel(StrEnum):
    """The ways in which a piece of post came in (`post_item.channel`)."""

    POST = "post"
    COUNTER = "counter"
    MAIL = "mail"


class PostHandling(StrEnum):
    """The ways in which a piece of post is handled (`post_item.handled_as`): it joined a case, became one, was a withdrawal, a notice of default or a
    letter of ours that came back; or it is not ours, went on to somebody else, or was there already.
    """

    ATTACHED = "attached"
    REGISTERED = "registered"
    WITHDRAWAL = "withdrawal"
    DEFAULT = "default"
    RETURNED = "returned"
    NOT_OURS = "not_ours"
    FORWARDED = "forwarded"
    DOUBLE = "double"


class ReadingLanguage(StrEnum):
    """The language in which somebody reads our mails, and a translation of our letters (`party.language`, `person_profile.language`,
    `mail.language`). Letters themselves are Dutch.
    """

    DUTCH = "nl"
    ENGLISH = "en"


class PostChannel(StrEnum):
    """The ways to get formal notices (`party.channel`, `notice.channel`); `link` is a person's own page."""

    PORTAL = "portal"
    POST = "post"
    LINK = "link"


class ElectronicWay(StrEnum):
    """The ways in which a party said to be reachable electronically (Awb 2:8; `party.electronic_how`). `filing`: chosen on the
    form that was sent in; `profile`: at Mijn gegevens; `registered`: told to who registered the party, the way was not noted.
    """

    FILING = "filing"
    PROFILE = "profile"
    LETTER = "letter"
    COUNTER = "counter"
    PHONE = "phone"
    EMAIL = "email"
    REGISTERED = "registered"


class CorrectionKind(StrEnum):
    """The kinds of corrections of who takes part and of what is contested (`correction.kind`): the data of a party, by whom a
    party is represented, a party that left, the data of a decision, a decision that was added later, the way in which a
    party gets letters as chosen by that party.
    """

    PARTY = "party"
    REPRESENTED = "represented"
    LEFT = "left"
    DECISION = "decision"
    DECISION_ADDED = "decision_added"
    CHANNEL = "channel"


class PartyKind(StrEnum):
    """Whether a party is a natural person or a company (`party.kind`)."""

    PERSON = "person"
    COMPANY = "company"


class RemovalKind(StrEnum):
    """The ways in which a document leaves a case for good (`removal.kind`): it is erased, or moved to another case."""

    ERASE = "erase"
    MOVE = "move"


class PublicKind(StrEnum):
    """The kinds of documents on a public page (`publication.documents`): request and decision without data of who asked, the
    list of documents, a document that became public.
    """

    DECISION = "decision"
    INVENTORY = "inventory"
    DOCUMENT = "document"


class NoteKind(StrEnum):
    """The entries in the timeline of staff (`note.kind`): a citizen's message or upload, an answer, a note, a telephone call."""

    MESSAGE = "message"
    UPLOAD = "upload"
    REPLY = "reply"
    NOTE = "note"
    PHONE = "phone"


class ColleagueTaskState(StrEnum):
    """The states of a task for a colleague (`colleague_task.state`): it waits, was done, was taken back by who asked it."""

    OPEN = "open"
    DONE = "done"
    WITHDRAWN = "withdrawn"


class LetterState(StrEnum):
    """The states of a letter that is looked at before it leaves (`letter.state`): it is being written, waits for who agrees, was agreed
    to, was sent, or was taken back.
    """

    WRITING = "writing"
    ASKED = "asked"
    AGREED = "agreed"
    SENT = "sent"
    DROPPED = "dropped"


class ApprovalState(StrEnum):
    """The states of one agreement to a letter (`letter_approval.state`): its turn comes later, it is asked, given, refused with a reason,
    or void because the text changed or the question was taken back.
    """

    LATER = "later"
    ASKED = "asked"
    GIVEN = "given"
    RETURNED = "returned"
    VOID = "void"


class NewsKind(StrEnum):
    """The kinds of news for a member of staff (`news.kind`): a note of a colleague, a note that names this person, a case that
    went to somebody else, documents of a department, what became of a task for a colleague, a new one in the own list, an
    answer that a citizen changed, and a decision that a colleague took or sent back.
    """

    NOTE = "note"
    MENTION = "mention"
    HANDOVER = "handover"
    DELIVERY = "delivery"
    TASK = "task"
    ASKED = "asked"
    ANSWER = "answer"
    DECIDED = "decided"


class CitizenNews(StrEnum):
    """The kinds of news that a citizen may have by mail (`person_profile.news_kinds`): what became of the case, documents that came or
    went, and answers to messages.
    """

    STATUS = "status"
    DOCUMENTS = "documents"
    MESSAGES = "messages"


class DeskMailKind(StrEnum):
    """How a member of staff hears of news by mail (`desk_mail.kind`): soon after it came, or once a day."""

    AT_ONCE = "at_once"
    DAILY = "daily"


class HearingSessionState(StrEnum):
    """The states of a session of a committee (`hearing_session.state`): it comes, took place, or does not take place."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class SeatKind(StrEnum):
    """The places in a session of a committee (`hearing_seat.kind`). A deputy sits there for a member or chair who does not come."""

    CHAIR = "chair"
    MEMBER = "member"
    DEPUTY = "deputy"
    SECRETARY = "secretary"


class SeatAnswer(StrEnum):
    """The words in which somebody says to come to a session or not (`hearing_seat.answer`); nothing was said while it is empty."""

    COMES = "comes"
    AWAY = "away"


class Relation(StrEnum):
    """The relation of another case to this one (`case_relation.kind`): main case, one that belongs to this, one that
    follows it, one that came before it, one about the same subject, one that is handled together with it.
    """

    HOOFDZAAK = "hoofdzaak"
    NEVENZAAK = "nevenzaak"
    VERVOLG = "vervolg"
    VOORGANGER = "voorganger"
    ONDERWERP = "onderwerp"
    GEVOEGD = "gevoegd"


class GroupStepState(StrEnum):
    """The states of a step that is done in several cases at once (`case_group_step.state`): a worker is to do it in this case, it was
    done, it was refused.
    """

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class DocumentState(StrEnum):
    """The states of a document (`document.state`): delivered and not judged yet, accepted, refused, taken away, gone
    for good (then the row is all that is left of it, without file, name or title), and followed by a newer version.
    """

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REMOVED = "removed"
    ERASED = "erased"
    REPLACED = "replaced"


class HiddenState(StrEnum):
    """Whether it is known what the eye does not see in a document (`document.hidden`): nobody looked yet, nothing is hidden in it,
    something is, or something is and staff wrote why it may go out like that. Only the second and the last leave the organisation.
    """

    WAITING = "waiting"
    NOTHING = "nothing"
    FOUND = "found"
    KEPT = "kept"


class ScanState(StrEnum):
    """The states of a file on its way past the virus scanner (`file_scan.state`, `document.scan`): it waits, nothing was found,
    something was found, the scanner could not tell and is asked again.
    """

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    UNCHECKED = "unchecked"


class ReplyKind(StrEnum):
    """The answers of a department to a request that are no documents (`request_reply.kind`): the decision is not of this
    department, another department must be asked, more time is needed.
    """

    NOT_OURS = "not_ours"
    FORWARD = "forward"
    MORE_TIME = "more_time"


class DocumentOrigin(StrEnum):
    """The origins of a document (`document.origin`): the side that brought it in; `person` is one party by a link of their own."""

    CITIZEN = "citizen"
    DEPARTMENT = "department"
    PERSON = "person"
    WORKER = "worker"
    SYSTEM = "system"


class DestructionState(StrEnum):
    """The states of a case on its way to destruction (`destruction.state`). One person proposes, another approves."""

    LISTED = "listed"
    EXCEPTED = "excepted"
    PROPOSED = "proposed"
    APPROVED = "approved"
    DESTROYED = "destroyed"


class OutboxKind(StrEnum):
    """The kinds of work to be done after the commit (`outbox.kind`)."""

    MAIL = "mail"
    MAILBOX_CODE = "mailbox_code"
    LETTER = "letter"
    INVENTORY = "inventory"
    FILED = "filed"
    FORGET_BLOB = "forget_blob"
    TELL = "tell"
    DESTROY = "destroy"
    LAW = "law"
    RETRY = "retry"
    JOINED = "joined"
    GROUP_HEARING = "group_hearing"
    HIDDEN_HEARING = "hidden_hearing"
    PERSON_PACKAGE = "person_package"
    BUNDLE = "bundle"
    WIPE = "wipe"
    MOVE = "move"
    MAILBOX = "mailbox"
    ASSEMBLE = "assemble"
    REHEARSE = "rehearse"
    SCAN = "scan"
    WORDS = "words"
    HIDDEN = "hidden"
    SHOW = "show"


class MailboxPurpose(StrEnum):
    """The mailboxes that are read, by what comes in there (`mailbox.purpose`): mail of ours that comes back, and answers to it; post of
    people, for the post room.
    """

    RETURNED = "returned"
    POST = "post"


class AnswerKind(StrEnum):
    """The kinds of mail that come back on ours (`mail_answer.kind`): it cannot be delivered, ever or for now; it is still tried;
    the reader is away or a machine answered; somebody wrote.
    """

    BOUNCED = "bounced"
    TEMPORARY = "temporary"
    DELAYED = "delayed"
    AWAY = "away"
    ANSWER = "answer"


class LargeUploadState(StrEnum):
    """The states of a large file that comes in by pieces (`large_upload.state`): pieces come in, a worker puts them together,
    the file is one and waits in its form, it was refused, it was given up.
    """

    RECEIVING = "receiving"
    ASSEMBLING = "assembling"
    READY = "ready"
    REFUSED = "refused"
    GONE = "gone"


class MoveState(StrEnum):
    """The states of moving the cases of a version to a new one (`model_move.state`): cases are moved now, are put back now, it stands
    still until a second administrator agrees to stopping it, it was stopped, every case was looked at, every case that could go back is back.
    """

    RUNNING = "running"
    RETURNING = "returning"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    RETURNED = "returned"


class ProposalState(StrEnum):
    """The states of a version that is not in use yet (`version_proposal.state`): a second administrator must agree to it, it is
    in use from its day on, the second one sent it back.
    """

    WAITING = "waiting"
    PLANNED = "planned"
    SENT_BACK = "sent_back"


class CaseTypeChangeKind(StrEnum):
    """The changes around a case type that may need a second administrator (`case_type_change.kind`): it goes out of use, it stays after
    all, its cases move, go back, move no more, and a version that both agreed to does not go into use on its day.
    """

    END_USE = "end_use"
    KEEP_IN_USE = "keep_in_use"
    START_MOVE = "start_move"
    RETURN_CASES = "return_cases"
    STOP_MOVE = "stop_move"
    WITHDRAW_VERSION = "withdraw_version"


class CaseMoveState(StrEnum):
    """The outcomes for a case in a move (`case_move.state`): it follows the new version, it could not, it went back to the old
    one, it could not go back because somebody worked on it.
    """

    MOVED = "moved"
    REFUSED = "refused"
    BACK = "back"
    STAYED = "stayed"


class TrailAction(StrEnum):
    """The actions of the audit trail that its check knows: an anchor, a change that nobody recorded, a row with the digests of
    all rows of its chain, and the end of a destroyed case. Every other action is a word of the action that recorded it.
    """

    ANCHOR = "anchor"
    CHANGED = "changed"
    SEALED = "trail_sealed"
    DESTROYED = "destroyed"


class SessionKind(StrEnum):
    """The kinds of sign-ins in a row of `web_session` (`web_session.kind`); `department`: somebody showed a code that was mailed to
    its mailbox; `visitor`: nobody signed in, somebody files without.
    """

    CITIZEN = "citizen"
    STAFF = "staff"
    DEPARTMENT = "department"
    VISITOR = "visitor"


class SearchKind(StrEnum):
    """The kinds of row that staff may search for (`search.kind`)."""

    CASE = "case"
    PARTY = "party"
    CONTACT = "contact"
    DECISION = "decision"
    DOCUMENT = "document"
    TEXT = "text"
    NOTE = "note"
    FILED = "filed"
    CONFIDENTIAL = "confidential"  # a confidential party, or one with a secret address: for who handles the case only
    ABOVE = "above"  # a document of a level that asks a clearance: for who may read that document
    ABOVE_TEXT = "above_text"  # the words inside such a document


class LookKind(StrEnum):
    """The kinds of looks (`look.kind`): a page of a case, one that was opened from a search, a task, a document that was
    fetched, a letter that was read on the portal, all data of a person of the case in one package, a document in a bundle of
    the case that was fetched, a message on the portal that was shown to whom it was written (`part` is the id of the newest), a piece of post that is in no
    case (`part` is its id).
    """

    CASE = "case"
    SEARCH_HIT = "search_hit"
    TASK = "task"
    DOCUMENT = "document"
    LETTER = "letter"
    PACKAGE = "package"
    POST = "post"
    BUNDLE = "bundle"
    MESSAGE = "message"


class BundleForm(StrEnum):
    """The forms in which the papers of a case are taken out together (`case_bundle.form`): one PDF, or a zip with the files as they are."""

    PDF = "pdf"
    ZIP = "zip"


class BundleReader(StrEnum):
    """The readers for whom papers of a case are bundled (`case_bundle.reader`): who handles cases, one party, the committee, a court with
    the other side beside it, a court alone (Awb 8:29).
    """

    DESK = "desk"
    PARTY = "party"
    COMMITTEE = "committee"
    COURT = "court"
    COURT_ALONE = "court_alone"


class BundleState(StrEnum):
    """How far a bundle of papers is (`case_bundle.state`): waiting for a worker, made, not made for a reason that stands with it."""

    WANTED = "wanted"
    READY = "ready"
    REFUSED = "refused"


class PackageState(StrEnum):
    """How far a package with all data of one person is (`person_package.state`): looked up and nothing made yet, waiting for
    a worker, made.
    """

    OPEN = "open"
    WANTED = "wanted"
    READY = "ready"


class PersonKind(StrEnum):
    """The kinds of data about one person that a package can hold, in its order (`person_package.chosen`, under `kinds`).
    `other_` are what is in the cases of the person without being from or to them; `actions` the lines of the audit trail;
    `account` what is kept of the person beside the cases.
    """

    PARTY = "party"
    CASE = "case"
    VALUES = "values"
    DOCUMENTS = "documents"
    LETTERS = "letters"
    MAILS = "mails"
    MESSAGES = "messages"
    NOTES = "notes"
    REQUESTS = "requests"
    LOOKS = "looks"
    ACTIONS = "actions"
    ACCOUNT = "account"
    OTHER_DOCUMENTS = "other_documents"
    OTHER_MAILS = "other_mails"
