"""Every table, and whether the trail holds a keyed digest of its rows. `zaakspoor verify` compares rows with these.

A table is in HELD, with the columns that are left out and why, or in NOT_HELD with the reason; a test holds that none is
forgotten. A digest is of all held columns of a row together, by their names, empty ones left out: so a new column that is empty
(no value, false, no text) in the rows that are there leaves their digests as they are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from sqlalchemy import JSON

from processes.storage import tables as t
from processes.storage.base import Base
from processes.storage.trail.hashing import INSTALLATION_CHAIN


@dataclass(frozen=True, eq=False)
class HeldTable:
    """One table whose rows are held. `title` is the Dutch word for a row, `key` the columns by which the trail names it.

    `left_out`: columns that may change without a word in the trail, each with the reason. `exempt`: rows that are not held.
    `private`: the key says who somebody is, so the trail names the row by a keyed digest of it.
    """

    of: type[Base]
    title: str
    key: tuple[str, ...] = ("id",)
    left_out: Mapping[str, str] = field(default_factory=dict)
    exempt: Callable[[Mapping[str, Any]], bool] = lambda _: False
    private: bool = False

    @cached_property
    def table(self) -> Any:
        return self.of.__table__

    @cached_property
    def name(self) -> str:
        return str(self.of.__tablename__)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of all columns that are held."""
        own = {*self.left_out, "id"} if "id" not in self.key else {*self.left_out}
        return tuple(name for column in self.table.c if (name := str(column.key)) not in own)

    @cached_property
    def json_columns(self) -> tuple[str, ...]:
        """The names of the held columns with JSON."""
        return tuple(name for name in self.columns if isinstance(self.table.c[name].type, JSON))

    @cached_property
    def chain_column(self) -> str | None:
        """The column with the chain of a row; None for a row of the installation."""
        if self.of is t.Case:
            return "id"
        return "case_id" if "case_id" in self.table.c else None

    def chain_of(self, values: Mapping[str, Any]) -> int:
        """The chain that a row belongs to: its case, or the installation."""
        return (values[self.chain_column] or INSTALLATION_CHAIN) if self.chain_column else INSTALLATION_CHAIN


_SEEN = "says only when somebody came by"
_WARNS = "made again from the date; says only when to warn"
_FOR_LIST = "kept for the list of requests, made from the rows beside it"
_SORTS = "made again from the drawing and the terms; sorts lists only, and `zaakspoor verify` compares it"
_MADE_AGAIN = "made again by the engine from the state"

SETTINGS_NOT_HELD: Final[Mapping[str, str]] = {
    "audit.anchored": "the place of the last anchor, which is sealed by itself",
    "staff.issuer": "written by what migrates the database, before there are sessions with keys",
    "reseal": "how far `zaakspoor reseal` came; what it changed is held",
    "citizen.news_begins": "written by the migration that brought it; nothing writes it afterwards",
    "restored": "written by `zaakspoor restore` along with the rows of the backup, past the sessions",
}

HELD: Final = (
    HeldTable(t.Case, "zaak", left_out={
        "row_version": "counts changes, for pages", "alarm": "why the case waits for an administrator; comes and goes with the cause",
        **dict.fromkeys(("legal_on", "court_on", "own_on"), _SORTS),
    }),
    HeldTable(t.Party, "betrokkene"),
    HeldTable(t.CoFiler, "genoemde medeindiener"),
    HeldTable(t.Decision, "bestreden besluit"),
    HeldTable(t.CorrectionRow, "verbetering"),
    HeldTable(t.ReopeningRow, "heropening"),
    HeldTable(t.ColleagueTask, "taak voor een collega"),
    HeldTable(t.ChecklistItem, "punt van de controlelijst"),
    HeldTable(t.CaseValue, "gegeven", key=("instance_id", "code")),
    HeldTable(t.StatusRow, "status", key=("element", "code", "reached_at")),
    HeldTable(t.DeadlineRow, "termijn", left_out={"warn_on": _WARNS, "warned_for": _WARNS, "kind": _SORTS}),
    HeldTable(t.NoteRow, "bericht of notitie", left_out={"read_by_handler": _SEEN}),
    HeldTable(t.CaseRelation, "relatie"),
    HeldTable(t.DefaultNotice, "ingebrekestelling"),
    HeldTable(t.DocumentRow, "document", left_out={"words_read": "whether its words may be searched for yet"}),
    HeldTable(t.FiledRow, "wat is ingestuurd"),
    HeldTable(t.Dossier, "dossier van een afdeling of persoon"),
    HeldTable(t.DocumentRequestRow, "verzoek om stukken", left_out=dict.fromkeys(("department", "handler", "to_judge", "quiet"), _FOR_LIST)),
    HeldTable(t.Delivery, "aanlevering"),
    HeldTable(t.RequestReply, "antwoord op een verzoek om stukken"),
    HeldTable(t.MailRow, "mail"),
    HeldTable(t.MailAnswer, "antwoord op een mail"),
    HeldTable(t.NoticeRow, "formele brief"),
    HeldTable(t.LetterRow, "brief die eerst wordt nagekeken"),
    HeldTable(t.LetterEdit, "wijziging van een brief"),
    HeldTable(t.LetterCode, "code uit een brief"),
    HeldTable(t.LetterApproval, "akkoord op een brief"),
    HeldTable(t.Instance, "proces", left_out={
        "next_due": _MADE_AGAIN, "timers": _MADE_AGAIN, "error": "why it is stuck, for an administrator",
    }),
    HeldTable(t.PublicationRow, "openbare pagina"),
    HeldTable(t.PartDecision, "deelbesluit"),
    HeldTable(t.RemovalRow, "verwijdering van een document"),
    HeldTable(t.DestructionHold, "vasthouden bij vernietiging"),
    HeldTable(t.DestructionRow, "verklaring van vernietiging"),
    HeldTable(t.ModelVersion, "modelversie"),
    HeldTable(t.VersionProposal, "voorgestelde versie"),
    HeldTable(t.CaseTypeChange, "gevraagde wijziging van een zaaktype"),
    HeldTable(t.OutOfUse, "einde van een zaaktype"),
    HeldTable(t.DepartmentRow, "afdeling", key=("code",)),
    HeldTable(t.LawRuleRow, "regel van de wet"),
    HeldTable(t.StaffRow, "medewerker", key=("number",), private=True, left_out={"signed_in_at": _SEEN, "keys_off": "how somebody likes to work"}),
    HeldTable(t.StaffIdentity, "account van een medewerker", key=("issuer", "subject"), private=True),
    HeldTable(t.MailboxChange, "voorgesteld mailadres van een afdeling", key=("department",)),
    HeldTable(t.SettingChange, "voorgestelde instelling"),
    HeldTable(t.SettingRow, "instelling", key=("name",), exempt=lambda row: row["name"] in SETTINGS_NOT_HELD),
)  # fmt: skip

NOT_HELD: Final[Mapping[str, str]] = {
    "audit": "the trail itself",
    "task": "who did a task and when is told by the trail; which tasks are open follows from the state of the process",
    "outbox": "work that comes and goes; what it led to (a mail, a letter) is held",
    "form_key": "lives for days, and answers the second press of a form only",
    "web_session": "a sign-in: sealed, short, and changed at each page",
    "sign_in": "belongs to a person, not to a case: a list of own sign-ins that goes after ninety days",
    "person_profile": "belongs to a person, not to a case, and must go without a trace with the last case",
    "person_package": "a file for an officer that goes after some days; each step of it has a line in the chain of the installation",
    "case_bundle": "a copy of papers that goes after a day; each step of it has a line in the chain of the case",
    "look": "a log of its own, swept after a time; who looked changes nothing of a case",
    "link_opening": "as look: who opened which link; changes nothing of a case",
    "news": "as look: points at notes and deliveries, which are held, and says who was told and read it",
    "bar": "who may have nothing to do with a case: each that comes and each that is lifted has a line in the chain of the case",
    "case_access": "who asked to see a case, and until when: each step of it has a line in the chain of the case",
    "mailbox_code": "codes of minutes, asked for the mailbox of a department",
    "department_network": "keyed digests of where links were first used from; only decides whether a mail tells of it",
    "own_address": "belongs to a person, not to a case: goes with the last case; a changed address is confirmed again",
    "mailbox": "how far a mailbox was read; what came in is held",
    "taken_mail": "digests of what was read from it, for two months, or for as long as mail stays in it",
    "document_text": "words made again from the file, whose digest is held",
    "desk_mail": "how somebody likes to hear of news; nothing of a case",
    "case_group": "which cases are handled together; joining and leaving have a line in the chain of each case",
    "case_group_member": "as case_group",
    "case_group_step": "as case_group: how far a step is that is done in all of them; what was done stands in the chain of each case",
    "hearing_session": "the agenda of a committee; what parties were told of it stands in the letters and values of their cases",
    "hearing_seat": "as hearing_session: who sits there",
    "hearing_note": "a private note that nobody else reads; that one was kept has a line in the chain of the case",
    "hearing_item": "as hearing_session: which case is heard when; each step has a line in the chain of the case",
    "post_item": "post that no case holds yet; what came in and what became of it each have a line, in the chain of the installation or of the case",
    "post_file": "as post_item: its files; one that joins a case is held there as a document",
    "print_batch": "which letters were printed together; each of them is held, and has a line in the chain of its case",
    "saved_view": "how somebody likes to see the list; nothing of a case",
    "substitution": "which colleague stands in for whom; nothing of a case, and each step has a line in the chain of the installation",
    "rate": "counts of the last minutes",
    "draft": "a form that was not sent: no part of a case yet; sealed, and gone when it is sent or after a month",
    "model_draft": "a case type that is being changed: nothing of a case; what goes into use is held as a model version",
    "model_draft_revision": "saves of such a draft, each with a line in the chain of the installation",
    "draft_share": "as above: links to read such a draft, each with a line in the chain of the installation",
    "draft_comment": "as above: what readers say of such a draft",
    "model_draft_file": "contents of those saves, by their hash",
    "rehearsal_kept": "what was played on a case type that is not in use yet: nothing of a case; each row carries a proof of its own",
    "house_style": "how pages look: nothing of a case; each change has a line in the chain of the installation",
    "house_style_file": "logos and fonts of it, by their hash",
    "model_move": "a press on many cases; each step of it has a line in the chain of the installation",
    "case_move": "what became of a case in such a move; each move and way back has a line in the chain of the case",
    "large_upload": "files that come in by pieces: no part of a case yet; sealed, and gone when sent or after seven days",
    "upload_part": "the pieces of those files",
    "upload": "counts of two days, and files that wait in drafts; a file that became a document is held with that",
    "file_scan": "what the virus scanner said of a file; of a document it stands with that, which is held",
    "search": "words of other rows; verify compares them with these",
}

BY_CLASS: Final[Mapping[type, HeldTable]] = {one.of: one for one in HELD}
BY_NAME: Final[Mapping[str, HeldTable]] = {one.name: one for one in HELD}
