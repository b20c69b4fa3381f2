"""No action, page or sweep asks PostgreSQL for something whose cost follows the number of cases.

All of it is done once in the demo, the tables that grow are filled, and the plan of every statement is read. What follows
the number of cases all the same stands in ALLOWED, with the reason.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from asked import UNHEARD, Asked, listening
from copies import SMALL, fill, growing
from kit.installation import database_on, nothing, open_at, template
from plans import findings
from played import play
from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint
from visited import acting, search, sweep_all, visit_all, who_looked

from portal.app import create_app
from processes import actions
from processes.rehearsal.sandbox import StandingClock
from processes.storage.services import Services
from processes.wiring import close_services

# the framework lists the routes as an OpenAPI document, in which a door for GET and HEAD has one name twice
pytestmark = [pytest.mark.filterwarnings("ignore:Duplicate Operation ID"), pytest.mark.timeout(600)]
ROWS = 25_000
# played elsewhere or part of a sweep: what they ask is asked by others here as well
NOT_DONE = {"AnswerByLink", "ListDue", "MoveClock", "PutInDefault", "ShareWithPerson"}
# who asks, which findings (a pattern), and why that may follow the number of cases
ALLOWED: tuple[tuple[str, str, str], ...] = (
    ("page /demo/postvak", "", "the mailbox of the demo looks for a text in addresses; production has none"),
    ("action SaveClosedDay", "", "an edit of the law looks through all running cases, once, which is what it is for"),
    (
        "action DeployFolder",
        "",
        "a called process with another contract counts the running cases by version, once",
    ),
    ("action EndAllSessions", "scan of web_session", "once, after an accident: all who are signed in"),
    ("action LetMailGo", "scan of mail", "once after a backup was put back"),
    (
        "page /beheer/medewerkers",
        "much at once|web_session by ix_web_session_person|scan of web_session",
        "counts the sessions of staff: they follow the number of colleagues who are signed in",
    ),
    (
        "page /openbaar",
        "publication|case by|much",
        "counts the pages that were published, and looks in their titles: they follow the number of Woo decisions",
    ),
    (
        "page /beheer/zaaktypen",
        "model_draft|much|scan of model_draft",
        "the list of drafts, which follow the number of case types",
    ),
    ("sweep drafts of case types", "model_draft|scan of model_draft", "as above: looks for drafts that rest"),
    ("page /openbaar/sitemap.xml", "", "as above, for search engines"),
    (
        "page /werk/cijfers",
        "",
        "counts all that runs, and the cases of a period of a year at most: that is what figures are; each is found by an index",
    ),
)

# as above, but not each time: whether the planner reads these from an index depends on the sample that its statistics took
SOMETIMES: tuple[tuple[str, str, str], ...] = (
    ("page /werk/cijfers/jaar/{yearly}", "", "counts the cases of a calendar year, and what ran at its end"),
    ("action RecomputeCase", "instance by", "the cases of an edit of the law, batch by batch"),
    (
        "page /beheer/inzage/uitvoer",
        "look by ix_look_at|case by pk_case",
        "one page of looks, past those in cases above one's clearance: the case of each is looked up by its key",
    ),
    (
        "page /beheer/vernietiging",
        "scan of destruction",
        "whether one of the dossiers that wait is above one's clearance: here they all wait, and none is",
    ),
    (
        "page /werk",
        "default_notice by",
        "penalties that run: as many as there are notices of default, around each of which all is asked by keys",
    ),
    ("page /werk/dwangsommen", "default_notice by", "as above"),
    (
        "sweep sign-ins",
        "scan of sign_in",
        "all that is older than ninety days goes: here that may be guessed to be most of it",
    ),
    (
        "page /werk/zaken",
        "(case by .*|scan of case): .* in (Hash Join|Merge Join|Nested Loop)",
        "for now: of a committee, whose agenda says which cases it sees; here it has all copies on it",
    ),
    ("page /meelezen/{share}", "", "the draft is compared with what is in use, as on the page that takes it into use"),
    ("page /metrics", "scan of case", "counts the cases with an alarm, which are few"),
    (
        "page /werk/nieuws",
        "",
        "what one colleague was told: here every copy is of the same one, who has 50,000 pieces of news",
    ),
    (
        "page /werk/verzoeken",
        "document_request by several indexes|scan of document_request",
        "for now: counts stop at a thousand, and what somebody may not see is passed over",
    ),
    (
        "page /beheer",
        "scan of (case|instance)|case by|much",
        "counts what runs on each version, as the pages of case types do",
    ),
    ("action RecomputeCase", "case_move by", "as the next one: the planner may take either for the same question"),
    ("action RefuseCase", "case_move by", "the work of a move passes over the cases that it did, batch by batch"),
    ("action ReturnCases", "scan of case_move|case_move by", "as above, on the way back"),
    ("page /beheer/zaaktypen/{process}/verplaatsen", "", "counts the cases of each move: those of one press"),
    ("page /beheer/zaaktypen/{process}/verplaatsen/{move}", "", "as above, with the numbers of the refused ones"),
    (
        "page /beheer/zaaktypen/{process}/uit-gebruik",
        "",
        "counts the running cases of one case type, and the forms begun in them",
    ),
    ("page /beheer/zaaktypen/{name}/ontwerp/in-gebruik", "", "as above, for who takes a draft into use"),
    (
        "page /verzoek/overzicht",
        "",
        "the open dossiers of one department, at most 2000, sorted by what is asked in them",
    ),
    ("page /beheer/inzage/persoon/{package}", "", "counts the looks of one person, before a package is made of them"),
)


@dataclass
class Done:
    """What was asked, which pages answered what, which actions were carried out, and what is wrong with a statement."""

    asked: Asked
    answers: dict[str, set[int]]
    actions: set[str]
    wrong: dict[str, list[str]]


@pytest.fixture(scope="module")
def done(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    with database_on(postgres, template(nothing, postgres).place) as address:
        with pytest.MonkeyPatch.context() as patch:
            made = _do_all(address, tmp_path_factory.mktemp("scans"), patch)
        made.wrong = _wrong(address, made.asked)
        yield made


def _do_all(address: str, place: Path, patch: pytest.MonkeyPatch) -> Done:
    clock = StandingClock()
    services = open_at(address, place, clock=clock, demo=True)
    with _closed(services), listening(services, patch) as asked:
        carried_out = _told_of_actions(asked, patch)
        story = play(services, clock)
        fill(services.sessions.kw["bind"].execution_options(**{UNHEARD: True}), ROWS)
        app = create_app(services)
        answers = visit_all(app, story, asked.now)
        sweep_all(services, asked.now)
        search(app, services, asked.now)
        who_looked(app, services, asked.now)
        acting(app, services, asked.now)
    return Done(asked, answers, carried_out, {})


@contextmanager
def _closed(services: Services) -> Iterator[None]:
    try:
        yield
    finally:
        close_services(services)


def _told_of_actions(asked: Asked, patch: pytest.MonkeyPatch) -> set[str]:
    """The names of the actions that are carried out from now on; `asked` knows which one asks."""
    carried_out: set[str] = set()

    def told(name: str, change: actions.Change) -> actions.Change:
        def carry_out(work: object, action: object) -> str:
            asked.now(f"action {name}")
            carried_out.add(name)
            return change(work, action)  # type: ignore[arg-type]

        return carry_out

    for kind, change in list(actions.ACTIONS.items()):
        patch.setitem(actions.ACTIONS, kind, told(kind.__name__, change))
    return carried_out


def _wrong(address: str, asked: Asked) -> dict[str, list[str]]:
    large = frozenset(table.name for table in growing())
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        return {
            text: found
            for text, values in asked.values.items()
            if re.match(r"\s*(SELECT|WITH|UPDATE|DELETE)", text)
            and (found := findings(connection, text, values, large))
        }


def _allowed(by: str, finding: str) -> bool:
    return any(by == who and re.match(pattern, finding) for who, pattern, _ in (*ALLOWED, *SOMETIMES))


def test_o45_no_statement_follows_the_number_of_cases(done: Done) -> None:
    """Of ROWS cases: a large city has 15,400 of them in a year."""
    wrong = [
        f"{by}: {finding}\n    {' '.join(text.split())}"
        for text, found in done.wrong.items()
        for finding in found
        if not _allowed(by := done.asked.by[text], finding)
    ]
    assert wrong == [], "\n".join(wrong)


def test_what_is_allowed_is_still_needed(done: Done) -> None:
    found = [(done.asked.by[text], finding) for text, findings_of in done.wrong.items() for finding in findings_of]
    idle = [one for one in ALLOWED if not any(by == one[0] and re.match(one[1], finding) for by, finding in found)]
    assert idle == []


def test_every_action_was_carried_out(done: Done) -> None:
    assert {kind.__name__ for kind in actions.ACTIONS} - done.actions == NOT_DONE


def test_the_pages_were_really_shown(done: Done) -> None:
    """A page that needs an address of its own, such as that of a link, may say that it knows nothing."""
    assert {pattern for pattern, found in done.answers.items() if max(found) >= 500} <= {"/readyz"}
    assert sum(200 in found for found in done.answers.values()) >= 45


def _keys() -> list[tuple[Table, Column[object]]]:
    """Columns of large tables that point at rows of large tables."""
    columns = [(table, column) for table in growing() for column in table.columns]
    return [
        (table, column)
        for table, column in columns
        if any(key.column.table.name not in SMALL for key in column.foreign_keys)
    ]


@pytest.mark.parametrize(("table", "column"), _keys(), ids=lambda one: one.name)
def test_who_points_at_a_row_is_found_by_an_index_when_it_is_destroyed(table: Table, column: Column[object]) -> None:
    """The database looks for them itself, which no plan of a statement shows."""
    indexes = [list(one.columns) for one in table.indexes]
    indexes += [
        list(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint | PrimaryKeyConstraint)
    ]
    assert any(columns and columns[0] is column for columns in indexes)
