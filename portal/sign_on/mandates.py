"""A mandate as it was told: for whom somebody acts, for which branch, and until when. One reading for brokers and for SAML.

In: what a provider told of who signs in and of the other. Out: what is kept with the session beside the number of who acts:
`for` (an identity such as `bsn:...`), `for_name`, `branch`, `acting` (a pseudonym) and `until`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from portal.sign_on.broker_claims import ClaimNames
from portal.sign_on.errors import NotForOthers, WrongWay
from portal.sign_on.numbers import number_of, told_name, told_text
from processes.base.typed_values import one_line

KEPT = ("for", "for_name", "branch", "acting", "until")


def told_by_broker(claims: Mapping[str, Any], way: str, names: Mapping[str, ClaimNames]) -> dict[str, str]:
    """The claims of a broker of this way in the words of an assertion: `number` and `name` of who acts, and what is kept beside them.

    Raises WrongWay when another way tells of an other, Restricted, SignInFailed for a number that cannot be read, and NotForOthers for a
    mandate that does not tell for whom, or by whom.
    """
    mine = names[way]
    others = {one.other for kind, one in names.items() if kind != way} - {mine.other, ""}
    if any(claims.get(one) for one in others):
        raise WrongWay
    number, name = told_text(claims, mine.number), told_name(claims, mine.name)
    branch, acting, (other, other_name) = mine.branch_in(claims), mine.acting_in(claims), mine.other_in(claims)
    told = {"number": number, "name": name, "branch": branch, "until": mine.until_in(claims)}
    if way == "digid":
        if acting and not other and number_of("bsn", acting) != number_of("bsn", number):
            raise NotForOthers  # two people, of whom we cannot tell which one is represented
        return {
            **told,
            "number": (acting if other else "") or number,
            "for": f"bsn:{other}" if other else "",
            "for_name": other_name,
        }
    told |= {"acting": acting}
    if other and not number:
        raise NotForOthers  # the represented one was told by another number than that of the KvK
    if other:
        return {**told, "number": other, "name": other_name, "for": f"kvk:{number}", "for_name": name}
    return {**told, "for": f"kvk:{number}" if branch and way == "eherkenning" else "", "for_name": name}


def kept_of(told: Mapping[str, str]) -> dict[str, str]:
    """The part of a mandate that is kept with the session of who acts. Raises NotForOthers for one that cannot be used: a branch of nothing, or
    a mandate that is over.
    """
    found = {name: one_line(told.get(name, "")) for name in KEPT}
    if found["branch"] and not found["for"].startswith("kvk:"):
        raise NotForOthers
    if not found["for"]:
        found["for_name"] = ""
    if found["until"] and datetime.fromisoformat(found["until"]) <= datetime.now(UTC):
        raise NotForOthers
    return {name: value for name, value in found.items() if value}
