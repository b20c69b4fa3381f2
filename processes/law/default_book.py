"""The terms that Zaakspoor knows from the start, as records. An administrator may replace each of them.

`certainty`: sure was read in the article or in case law that quotes it; high is general practice; medium is reasoned
and worth a second look. Goes out through `default_book()`, together with the closed days of `closed_days.py` and the
amounts of `tariffs.py`.
"""

import functools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from processes.law.closed_days import decreed_days
from processes.law.rules import LawBook, LawRule
from processes.law.tariffs import TARIFFS

_READ = date(2026, 11, 22)
_AWB = date(1994, 1, 1)
_PENALTY_ACT = date(2009, 10, 1)  # Wet dwangsom: gave 7:10 and 9:11 the terms that hold now
_WOO = date(2022, 5, 1)
_AWB_SOURCE = "Algemene wet bestuursrecht, wetten.overheid.nl (BWBR0005537)"
_COURT_READ = date(2026, 11, 28)
# The whole article was read in the text that held on 1 July 2026.
_IN_FULL: Mapping[str, Any] = {
    "source": f"{_AWB_SOURCE}, de tekst van 1 juli 2026, gelezen in MinBZK/regelrecht-corpus",
    "checked_on": date(2026, 11, 29),
    "certainty": "sure",
}
_ELEVENTH_DAY = f"{_AWB_SOURCE}; ABRvS 24 mei 2006, ECLI:NL:RVS:2006:AX4384 (overzicht van rechtspraak)"
_WOO_SOURCE = "Wet open overheid, wetten.overheid.nl (BWBR0045754)"
_WOO_IN_FULL: Mapping[str, Any] = {
    "source": f"{_WOO_SOURCE}, de tekst van 12 februari 2025, gelezen in MinBZK/regelrecht",
    "checked_on": date(2026, 11, 29),
    "certainty": "sure",
}

# Variants of rules that running cases still count with, and that no new drawing may name. Against a failure to decide no
# bezwaar lies (Awb 7:1(1)(f)): after a notice of default one goes to the court (6:12).
RETIRED = frozenset({("awb-7-10", "no-decision"), ("awb-7-10", "no-decision-committee")})

# Rules whose other length is what a court set, and no law: the Termijnenwet does not move its end, which is the safe reading.
SET_BY_COURT = frozenset({("awb-7-10", "court"), ("awb-8-55d", "standard")})


def _awb(code: str, title: str, article: str, weeks: int, **more: Any) -> LawRule:
    known: dict[str, Any] = {
        "valid_from": _AWB,
        "source": _AWB_SOURCE,
        "checked_on": _READ,
        "certainty": "high",
        "unit": "weeks",
    }
    return LawRule(**{"code": code, "title": title, "article": article, "amount": weeks, **known, **more})


def _decide(variant: str, weeks: int, **more: Any) -> LawRule:
    """Awb 7:10. With a decision the objection period runs first; with a failure to decide there is none (6:12)."""
    return _awb(
        "awb-7-10",
        "Beslissing op bezwaar",
        "Awb 7:10, lid 1",
        weeks,
        variant=variant,
        extension=6,
        extension_article="Awb 7:10, lid 3",
        consent="Awb 7:10, lid 4",
        procedures=("bezwaar",),
        force_majeure="Awb 4:15, lid 2, onder c, en 7:14",
        penalty=True,
        valid_from=_PENALTY_ACT,
        **{**_IN_FULL, **more},
    )


def _complaint(variant: str, weeks: int) -> LawRule:
    return _awb(
        "awb-9-11",
        "Afhandeling van de klacht",
        "Awb 9:11, lid 1",
        weeks,
        variant=variant,
        counts_from="de dag waarop de klacht binnenkwam",
        extension=4,
        extension_article="Awb 9:11, lid 2",
        consent="Awb 9:11, lid 3",
        procedures=("klacht",),
        valid_from=_PENALTY_ACT,
        **_IN_FULL,
    )


def _woo(code: str, title: str, article: str, weeks: int, **more: Any) -> LawRule:
    return _awb(
        code, title, article, weeks, **{"valid_from": _WOO, "source": _WOO_SOURCE, "procedures": ("woo",), **more}
    )


def _before(
    code: str, title: str, article: str, amount: int, *, unit: str, hearing: str, procedure: str, **more: Any
) -> LawRule:
    """A term counted back from a hearing."""
    counted = {"unit": unit, "backwards": True, "moved_by_termijnenwet": False, "counts_from": hearing}
    return _awb(code, title, article, amount, procedures=(procedure,), **counted, **more)


def _objection_rules() -> tuple[LawRule, ...]:
    announced = "de dag waarop het besluit bekend is gemaakt"
    objection = "de dag waarop het bezwaar binnenkwam"
    return (
        _awb("awb-6-7", "Bezwaar maken", "Awb 6:7 en 6:8", 6, counts_from=announced, **_IN_FULL),
        _awb("awb-6-8", "Beroep instellen", "Awb 6:7 en 6:8", 6, counts_from=announced, **_IN_FULL),
        # The post week after the term (6:9, second paragraph): a term of law as well, so it moves.
        _awb(
            "awb-6-9",
            "Ontvangst per post",
            "Awb 6:9, lid 2",
            1,
            counts_from="de laatste dag om bezwaar te maken",
            procedures=("bezwaar", "beroep"),
            **_IN_FULL,
        ),
        # The law says 'a term'; municipalities give two to four weeks. They choose the day themselves, an open one.
        _awb(
            "awb-6-6",
            "Bezwaar aanvullen",
            "Awb 6:6",
            2,
            extension=2,
            extension_article="Awb 6:6",
            procedures=("bezwaar", "beroep"),
            certainty="medium",
        ),
        _decide("standard", 6, after="awb-6-7"),
        _decide("committee", 12, after="awb-6-7"),
        # 7:10 counts from the end of the objection period, which for a late objection gave a day that may be long past. By what
        # courts accept, and always later than the day of receipt, it then counts from the receipt.
        _decide("late", 6, counts_from=objection, certainty="medium"),
        _decide("late-committee", 12, counts_from=objection, certainty="medium"),
        # No bezwaar lies against a failure to decide (7:1(1)(f)): running cases keep these, new drawings may not name them.
        _decide("no-decision", 6, counts_from=objection),
        _decide("no-decision-committee", 12, counts_from=objection),
        # After a ruling that annulled the decision on the objection: the term of the court, as the length of the drawing's
        # deadline; when it set none, the six weeks of 7:10 from the day of the ruling, the shorter of the two. 7:10(3) gives
        # no extension of what a court set.
        replace(
            _decide("court", 6, counts_from="de dag waarop de uitspraak is verzonden"),
            article="Awb 8:72, lid 4, en 7:10, lid 1",
            extension=None,
            extension_article=None,
            consent=None,
            force_majeure=None,
            checked_on=_COURT_READ,
            certainty="high",
        ),
        # 'Until ten days before': received on the eleventh day before at the latest. That is case law on 8:58 (below); 7:4 has
        # the same words.
        _before(
            "awb-7-4",
            "Stukken insturen voor de hoorzitting",
            "Awb 7:4, lid 1",
            11,
            unit="days",
            hearing="de hoorzitting",
            procedure="bezwaar",
            checked_on=_COURT_READ,
            certainty="high",
        ),
        # At least a week before: the last day on which the file may come to lie open.
        _before(
            "awb-7-4-inspection",
            "Dossier ter inzage leggen voor de hoorzitting",
            "Awb 7:4, lid 2",
            1,
            unit="weeks",
            hearing="de hoorzitting",
            procedure="bezwaar",
            **_IN_FULL,
        ),
    )


def _request_rules() -> tuple[LawRule, ...]:
    """Decisions on a request, for which somebody put the municipality in default."""
    return (
        # The reasonable term of 4:13 has lapsed after eight weeks; another law may say another one, as the drawing's length.
        _awb(
            "awb-4-13",
            "Beslissing op de aanvraag",
            "Awb 4:13",
            8,
            counts_from="de dag waarop de aanvraag binnenkwam",
            consent="Awb 4:15, lid 2, onder a",
            force_majeure="Awb 4:15, lid 2, onder c",
            penalty=True,
            procedures=("other",),
            valid_from=_PENALTY_ACT,
            **_IN_FULL,
        ),
    )


def _penalty_rules() -> tuple[LawRule, ...]:
    # Days of a penalty are days, also on Sundays; reading its grace the same way gives the earliest, safest day.
    # No penalty on a Woo request (Woo 8.2), on a complaint, or before a court.
    late = {"valid_from": _PENALTY_ACT, "procedures": ("bezwaar", "other"), **_IN_FULL}
    plain = {"moved_by_termijnenwet": False, **late}
    notice = "de dag waarop de ingebrekestelling binnenkwam"
    return (
        _awb("awb-4-17", "Alsnog beslissen zonder dwangsom", "Awb 4:17, lid 3", 2, counts_from=notice, **plain),
        _awb("awb-4-17-days", "Dwangsom", "Awb 4:17, lid 1", 42, unit="days", after="awb-4-17", **plain),
        _awb("awb-4-18", "Dwangsom vaststellen", "Awb 4:18", 2, after="awb-4-17-days", **late),
    )


def _court_rules() -> tuple[LawRule, ...]:
    ruling = "de dag waarop de uitspraak is verzonden"
    grounds = "de dag waarop de rechtbank de gronden verstuurde"
    hearing = "de zitting"
    appeal = {"procedures": ("beroep",)}
    return (
        _awb(
            "awb-8-42",
            "Stukken en verweer naar de rechtbank",
            "Awb 8:42, lid 1",
            4,
            counts_from=grounds,
            consent="Awb 8:42, lid 2",  # the court itself sets the later date
            valid_from=date(2013, 1, 1),
            certainty="sure",
            **appeal,
        ),
        # Against a ruling without session (8:54) no higher appeal lies (8:104(2)(a)): only opposition at the same court.
        _awb(
            "awb-8-55",
            "Verzet instellen",
            "Awb 6:7 en 8:55, lid 1",
            6,
            counts_from=ruling,
            **_IN_FULL,
            **appeal,
        ),
        _awb(
            "awb-8-104",
            "Hoger beroep instellen",
            "Awb 6:7, 6:24 en 8:104",
            6,
            counts_from=ruling,
            **_IN_FULL,
            **appeal,
        ),
        _awb("awb-8-110", "Incidenteel hoger beroep", "Awb 8:110, lid 2", 6, counts_from=grounds, **appeal),
        _awb("awb-8-51b", "Reactie op het herstel na een tussenuitspraak", "Awb 8:51b, lid 3", 4, **_IN_FULL, **appeal),
        _awb(
            "awb-8-55d",
            "Alsnog beslissen na de uitspraak",
            "Awb 8:55d, lid 1",
            2,
            counts_from=ruling,
            procedures=("beroep", "bezwaar"),
            **_IN_FULL,
        ),
        _awb(
            "awb-8-66",
            "Uitspraak",
            "Awb 8:66",
            6,
            extension=6,
            extension_article="Awb 8:66, lid 2",
            **_IN_FULL,
            **appeal,
        ),
        _before(
            "awb-8-56",
            "Uitnodiging voor de zitting",
            "Awb 8:56",
            3,
            unit="weeks",
            hearing=hearing,
            procedure="beroep",
            **_IN_FULL,
        ),
        _before(
            "awb-8-58",
            "Stukken insturen voor de zitting",
            "Awb 8:58, lid 1",
            11,  # 'until ten days before' is the eleventh day before at the latest
            unit="days",
            hearing=hearing,
            procedure="beroep",
            source=_ELEVENTH_DAY,
            checked_on=_COURT_READ,
            certainty="sure",
        ),
        _before(
            "awb-8-83",
            "Stukken insturen bij spoed",
            "Awb 8:83, lid 1",
            1,
            unit="days",
            hearing=hearing,
            procedure="voorlopige_voorziening",
            **_IN_FULL,
        ),
    )


def _woo_rules() -> tuple[LawRule, ...]:
    received = "de dag waarop het verzoek binnenkwam"
    return (
        _woo(
            "woo-4-4",
            "Beslissing op het Woo-verzoek",
            "Woo 4.4, lid 1",
            4,
            counts_from=received,
            extension=2,
            extension_article="Woo 4.4, lid 2",
            consent="Woo 4.2a en Awb 4:15, lid 2, onder a",
            force_majeure="Awb 4:15, lid 2, onder c",
            **_WOO_IN_FULL,
        ),
        _woo("woo-4-1", "Vragen om een duidelijker verzoek", "Woo 4.1, lid 5", 2, counts_from=received, **_WOO_IN_FULL),
        _woo("woo-4-1-refuse", "Besluit om het verzoek niet te behandelen", "Woo 4.1, lid 6", 2, **_WOO_IN_FULL),
        _woo("woo-4-4-view", "Mening van een ander", "Woo 4.4, lid 3", 2, certainty="medium"),
        # Not before two weeks have passed: an internal moment of release, which a Sunday does not hinder.
        _woo(
            "woo-4-4-release", "Documenten vrijgeven", "Woo 4.4, lid 5", 2, moved_by_termijnenwet=False, **_WOO_IN_FULL
        ),
    )


def _complaint_rules() -> tuple[LawRule, ...]:
    received = "de dag waarop de klacht binnenkwam"
    return (
        _complaint("standard", 6),
        _complaint("committee", 10),
        _awb(
            "awb-9-8",
            "Bericht dat we de klacht niet behandelen",
            "Awb 9:8, lid 3",
            4,
            counts_from=received,
            procedures=("klacht",),
            **_IN_FULL,
        ),
    )


@functools.cache
def default_book() -> LawBook:
    """The law book that comes with Zaakspoor, without the edits of administrators."""
    return LawBook(
        rules=(
            *_objection_rules(),
            *_request_rules(),
            *_penalty_rules(),
            *_court_rules(),
            *_woo_rules(),
            *_complaint_rules(),
        ),
        closed_days=decreed_days(),
        tariffs=TARIFFS,
    )
