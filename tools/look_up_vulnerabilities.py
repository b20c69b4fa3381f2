"""`make audit`: looks up in a public database (OSV) which parts of the locks have known vulnerabilities.

Ends with 0 when it knows of none, 1 when it knows some, and 2, in words, when it could not be asked: without a network
nothing is known, and that is not the same as nothing being wrong. Only names and versions leave this machine.
"""

import sys
from collections.abc import Mapping, Sequence
from typing import Any, Final

import httpx

from tools.parts import Part, all_parts

DATABASE: Final = "https://api.osv.dev"
SECONDS: Final = 20.0
AT_ONCE: Final = 500  # parts in one question; the database takes a thousand
NONE_KNOWN, SOME_KNOWN, NOT_ASKED = 0, 1, 2


class NoAnswer(Exception):
    """The database of vulnerabilities was not reached, or answered with something else."""


def known_vulnerabilities(parts: Sequence[Part], client: httpx.Client) -> dict[str, list[str]]:
    """The names of vulnerabilities, such as `GHSA-...` or `PYSEC-...`, by the package URL of each part that has any.

    Raises NoAnswer unless every part was answered for.
    """
    found: dict[str, list[str]] = {}
    for start in range(0, len(parts), AT_ONCE):
        asked = [{"package": {"purl": part.purl}} for part in parts[start : start + AT_ONCE]]
        while asked:
            answers = _ask(client, asked)
            for question, answer in zip(asked, answers, strict=True):
                names = [one["id"] for one in answer.get("vulns", ())]
                if names:
                    found.setdefault(question["package"]["purl"], []).extend(names)
            asked = _further(asked, answers)
    return found


def _ask(client: httpx.Client, asked: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    try:
        answer = client.post(f"{DATABASE}/v1/querybatch", json={"queries": asked}).raise_for_status().json()
        results = [dict(one) for one in answer["results"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise NoAnswer(type(error).__name__) from error
    if len(results) != len(asked):
        raise NoAnswer(f"{len(results)} answers to {len(asked)} questions")
    return results


def _further(asked: Sequence[Mapping[str, Any]], answers: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The questions of which the answer had more pages, for the next page."""
    return [
        {**question, "page_token": answer["next_page_token"]}
        for question, answer in zip(asked, answers, strict=True)
        if answer.get("next_page_token")
    ]


def main(client: httpx.Client | None = None) -> int:
    """Look up, say what was found, and give the exit code."""
    parts = all_parts()
    try:
        with client or httpx.Client(timeout=SECONDS) as asking:
            found = known_vulnerabilities(parts, asking)
    except NoAnswer as error:
        print(
            f"NOT LOOKED UP: {DATABASE} gave no answer ({error}). Nothing is known about the {len(parts)} parts of the "
            "locks. Run this again where there is a network.",
            file=sys.stderr,
        )
        return NOT_ASKED
    runs = {part.purl: part.runs for part in parts}
    for purl, names in sorted(found.items()):
        where = "runs in production" if runs[purl] else "tests and building only"
        print(f"{purl} ({where}): {', '.join(f'https://osv.dev/vulnerability/{name}' for name in sorted(set(names)))}")
    print(f"{len(parts)} parts looked up at {DATABASE}: {len(found)} with known vulnerabilities.")
    return SOME_KNOWN if found else NONE_KNOWN


if __name__ == "__main__":
    sys.exit(main())
