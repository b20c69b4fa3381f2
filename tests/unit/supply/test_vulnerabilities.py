"""The look-up of known vulnerabilities tells what it found, and never takes silence for an answer (T8)."""

import json
from collections.abc import Callable

import httpx
import pytest

from tools.look_up_vulnerabilities import DATABASE, NONE_KNOWN, NOT_ASKED, SOME_KNOWN, known_vulnerabilities, main
from tools.parts import all_parts

PARTS = all_parts()
Answer = Callable[[httpx.Request], httpx.Response]


def database(answer: Answer) -> httpx.Client:
    return httpx.Client(transport=httpx.MockTransport(answer))


def knows(*purls: str) -> Answer:
    """A database that knows one vulnerability of each of these."""

    def answer(request: httpx.Request) -> httpx.Response:
        asked = [one["package"]["purl"] for one in json.loads(request.content)["queries"]]
        return httpx.Response(
            200, json={"results": [{"vulns": [{"id": "X-1"}]} if one in purls else {} for one in asked]}
        )

    return answer


def test_t8_nothing_known_is_said_with_the_number_of_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(database(knows())) == NONE_KNOWN == 0
    assert capsys.readouterr().out == f"{len(PARTS)} parts looked up at {DATABASE}: 0 with known vulnerabilities.\n"


def test_t8_what_is_known_is_said_with_where_it_runs(capsys: pytest.CaptureFixture[str]) -> None:
    running = next(part.purl for part in PARTS if part.runs)
    testing = next(part.purl for part in PARTS if not part.runs)
    assert main(database(knows(running, testing))) == SOME_KNOWN == 1
    words = capsys.readouterr().out
    assert f"{running} (runs in production): https://osv.dev/vulnerability/X-1" in words
    assert f"{testing} (tests and building only): https://osv.dev/vulnerability/X-1" in words
    assert ": 2 with known vulnerabilities." in words


def no_network(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    "answer",
    [
        no_network,
        lambda _: httpx.Response(503),
        lambda _: httpx.Response(302, headers={"Location": "https://inloggen.example.org"}),
        lambda _: httpx.Response(200, text="<html>log in to this network</html>"),
        lambda _: httpx.Response(200, json={}),
        lambda _: httpx.Response(200, json={"results": None}),
        lambda _: httpx.Response(200, json={"results": [{}]}),
    ],
    ids=["no network", "503", "a portal", "a page", "nothing", "null", "too few"],
)
def test_t8_no_answer_is_said_and_is_not_nothing_known(capsys: pytest.CaptureFixture[str], answer: Answer) -> None:
    assert main(database(answer)) == NOT_ASKED == 2
    told = capsys.readouterr()
    assert told.err.startswith(f"NOT LOOKED UP: {DATABASE} gave no answer")
    assert told.out == ""


def test_t8_every_part_is_asked_for_and_further_pages_too() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        questions = json.loads(request.content)["queries"]
        asked.extend(one["package"]["purl"] for one in questions)
        first = "page_token" not in questions[0]
        found = {"vulns": [{"id": "A" if first else "B"}], **({"next_page_token": "t"} if first else {})}
        return httpx.Response(200, json={"results": [found, *({} for _ in questions[1:])]})

    found = known_vulnerabilities(PARTS, database(answer))
    assert found == {PARTS[0].purl: ["A", "B"]}
    assert sorted(asked) == sorted([PARTS[0].purl, *(part.purl for part in PARTS)])
