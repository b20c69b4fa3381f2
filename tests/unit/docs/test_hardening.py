"""The tables of ASVS and the DigiD norm: every point once, and whatever is called met is shown by tests that are there (T8)."""

import re

import pytest

from tools.open_points import STATES, Point, names_of_tests, points

POINTS = list(points())
THERE = names_of_tests()
# how many points each section of ASVS 5.0.0 has in levels 1 and 2; those of level 3 stand after them
ASVS = """
V1.1 2
V1.2 9
V1.3 11
V1.4 3
V1.5 2
V2.1 3
V2.2 3
V2.3 4
V2.4 1
V3.2 2
V3.3 4
V3.4 6
V3.5 5
V3.7 2
V4.1 3
V4.2 1
V4.3 2
V4.4 4
V5.1 1
V5.2 3
V5.3 2
V5.4 3
V6.1 3
V6.2 12
V6.3 4
V6.4 4
V6.5 5
V6.6 3
V6.8 4
V7.1 3
V7.2 4
V7.3 2
V7.4 5
V7.5 2
V7.6 2
V8.1 2
V8.2 3
V8.3 1
V8.4 1
V9.1 3
V9.2 4
V10.1 2
V10.2 2
V10.3 4
V10.4 11
V10.5 5
V10.6 2
V10.7 3
V11.1 2
V11.2 3
V11.3 3
V11.4 4
V11.5 1
V11.6 1
V12.1 3
V12.2 2
V12.3 4
V13.1 1
V13.2 5
V13.3 2
V13.4 5
V14.1 2
V14.2 4
V14.3 3
V15.1 3
V15.2 3
V15.3 7
V16.1 1
V16.2 5
V16.3 4
V16.4 3
V16.5 3
V17.1 1
V17.2 4
V17.3 2
"""
DIGID = {
    "B.05",
    "U/TV.01",
    "U/WA.02",
    "U/WA.03",
    "U/WA.04",
    "U/WA.05",
    "U/PW.02",
    "U/PW.03",
    "U/PW.05",
    "U/PW.07",
    "U/NW.03",
    "U/NW.04",
    "U/NW.05",
    "U/NW.06",
}
DIGID |= {"C.03", "C.04", "C.06", "C.07", "C.08", "C.09"}


def numbers() -> set[str]:
    """`V1.2 9` stands for V1.2.1 to V1.2.9."""
    sections = [line.split() for line in ASVS.split("\n") if line]
    return {f"{section}.{number}" for section, last in sections for number in range(1, int(last) + 1)}


def in_document(name: str) -> list[str]:
    return [point.number for point in POINTS if point.document == f"docs/{name}.md"]


def test_t8_every_point_of_asvs_stands_there_once() -> None:
    found = in_document("asvs")
    assert len(found) == len(set(found)) == 253
    assert set(found) == numbers()


def test_t8_every_point_of_the_digid_norm_stands_there_once() -> None:
    found = in_document("digid")
    assert len(found) == len(set(found))
    assert set(found) == DIGID


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.number)
def test_t8_a_point_says_what_it_is_and_by_which_tests(point: Point) -> None:
    assert point.state in STATES
    assert point.why
    assert sorted(set(point.tests) - THERE) == [], "python -m tools.open_points"
    if point.state == "met":
        assert point.tests or re.search(r"\]\([\w./-]+\.md", point.why)
    if point.state == "open":
        assert point.promise in {f"T{number}" for number in range(1, 12)}
