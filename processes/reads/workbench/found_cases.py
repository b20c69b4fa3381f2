"""The cases that a search finds, in one of the orders of the list; each order is that of an index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self

from sqlalchemy import ColumnElement, Select, literal_column, select
from sqlalchemy.orm import Session

from processes.access.same_roles import READER
from processes.reads.workbench.risk import PAGE, at_most, counted, counting, first_rows
from processes.storage.among import in_text
from processes.storage.asked_ahead import Question, answer
from processes.storage.fast import PreparedQuery
from processes.storage.tables import Case
from processes.storage.words import CaseState

Conditions = Sequence[ColumnElement[bool]]
OLDEST, NEWEST, NUMBER, LAST_NUMBER, HANDLER = "received", "newest", "number", "last_number", "handler"
# names of columns, a hyphen in front of one that goes down: of running cases, and of closed ones. No term runs in closed ones, so that
# the index by risk has them in the order of their ids. By number the state is part of the order, and told as a range: PostgreSQL drops
# from an order what has one value, and then reads the unique index on numbers, past every case in the other state
ORDERS: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "": (("legal_on", "id"), ("-legal_on", "-id")),
    OLDEST: (("received_on", "id"), ("received_on", "id")),
    NEWEST: (("-received_on", "-id"), ("-received_on", "-id")),
    NUMBER: (("state", "number"), ("state", "number")),
    LAST_NUMBER: (("-state", "-number"), ("-state", "-number")),
    HANDLER: (("handler_sort", "handler", "id"), ("handler_sort", "handler", "id")),
}


@dataclass(frozen=True, slots=True)
class KeptQuestions:
    """Questions of a search that many people ask again and again, made once: its counts, and by state the ids of its first PAGE cases.

    `values`: those of who asks now.
    """

    counts: PreparedQuery
    first: Mapping[str, PreparedQuery]
    values: Mapping[str, Any] = field(default_factory=dict)

    def asked_by(self, number: str) -> Self:
        """The same, asked by the member of staff with this number."""
        return replace(self, values={READER: number})

    def on_page(self, state: str, page: int) -> Sequence[Question]:
        """The questions of a list: its counts, and the lines of its first page; of both states at once the second is asked when it is known
        what the first leaves.
        """
        first = [(self.first[state or CaseState.RUNNING], self.values)] if page <= 1 else []
        return [(self.counts, self.values), *first]


@dataclass(frozen=True, slots=True)
class Found:
    """The cases of a search: conditions on Case, of which several give the parts of a list (see risk.py), in one of ORDERS."""

    parts: Sequence[Conditions]
    order: str = ""
    prepared: KeptQuestions | None = None

    def kept(self) -> KeptQuestions:
        """The questions that are asked most, to be kept for `prepared`. Only of a search in one part."""
        lists = {state: self._list(state)[0] for state in (CaseState.RUNNING, CaseState.CLOSED)}
        # the limit is part of the text: PostgreSQL plans a kept statement without knowing the values that come with it
        first: dict[str, PreparedQuery] = {
            state: PreparedQuery(one.limit(literal_column(str(PAGE)))) for state, one in lists.items()
        }
        return KeptQuestions(PreparedQuery(counting(*self._counted())), first)

    def counts(self, session: Session) -> dict[str, int]:
        """By state, at most MOST + 1 of each, which the page shows as "meer dan"."""
        if self.prepared is None:
            running, closed = counted(session, *self._counted())
        else:
            running, closed = at_most(answer(session, self.prepared.counts, **self.prepared.values)[0])
        return {CaseState.RUNNING: running, CaseState.CLOSED: closed, "": running + closed}

    def page(self, session: Session, state: str, counts: Mapping[str, int], offset: int, size: int = PAGE) -> list[int]:
        """Ids of one page: running cases first, by legal risk or in the order that was chosen, then closed ones."""
        found, running = list[int](), counts[CaseState.RUNNING]
        if state != CaseState.CLOSED and offset < running:
            found += self.of_state(session, CaseState.RUNNING, offset, size)
        if state != CaseState.RUNNING and len(found) < size:
            before = max(0, offset - running) if not state else offset
            found += self.of_state(session, CaseState.CLOSED, before, size - len(found))
        return found

    def of_state(self, session: Session, state: str, offset: int, size: int) -> list[int]:
        """Ids of the cases in one state, so many from `offset`."""
        if self.prepared is not None and not offset and size <= PAGE:
            return [id_ for id_, *_ in answer(session, self.prepared.first[state], **self.prepared.values)[:size]]
        return [row.id for row in first_rows(session, self._list(state), self._order(state), offset, size)]

    def _counted(self) -> list[list[Select[Any]]]:
        """By risk, whatever the order of the list: where counting stops, it does not matter which cases were counted, and the indexes by risk
        hold all that is asked of them.
        """
        return [_list(self.parts, _order("", state), state) for state in (CaseState.RUNNING, CaseState.CLOSED)]

    def _list(self, state: str) -> list[Select[Any]]:
        return _list(self.parts, self._order(state), state)

    def _order(self, state: str) -> tuple[str, ...]:
        return _order(self.order, state)


def _list(parts: Sequence[Conditions], order: Sequence[str], state: str) -> list[Select[Any]]:
    columns = [getattr(Case, name.removeprefix("-")) for name in order]
    sorting = [one.desc() if name.startswith("-") else one for name, one in zip(order, columns, strict=True)]
    wanted = select(Case.id, *(one for one in columns if one is not Case.id))
    # in the text, as the limit: what may be planned without its values is planned once, not at each page
    of_state = Case.state.between(state, state) if "state" in order[0] else Case.state == in_text(CaseState(state))
    return [wanted.where(of_state, *part).order_by(*sorting) for part in parts]


def _order(order: str, state: str) -> tuple[str, ...]:
    running, closed = ORDERS[order if order in ORDERS else ""]
    return running if state == CaseState.RUNNING else closed
