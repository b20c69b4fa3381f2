"""The departments on the form of a task: filled in already with those of the registered decisions, which stand first (P11)."""

from dataclasses import replace

import orjson
from sqlalchemy.orm import Session

from processes.base.dutch import enumeration
from processes.execution.deciding_each import decisions_in
from processes.execution.forms import FormPage
from processes.storage.departments import departments_of, own_decisions, standing_for
from processes.storage.tables import Case

ONE, SEVERAL = "department", "departments"


def with_departments(session: Session, case: Case, form: FormPage) -> FormPage:
    """The form with the departments of the decisions in what asks for departments and was not answered yet. Where several can be
    ticked, they stand before all others, each with its decisions.
    """
    asked = [one for one in orjson.loads(form.schema).get("components", []) if one.get("type") in {ONE, SEVERAL}]
    codes = _of_decisions(session, case) if asked else []
    if not codes:
        return form
    current = dict(form.current)
    for one in asked:
        if not current.get(one["key"]):
            current[one["key"]] = tuple(codes) if one["type"] == SEVERAL else codes[0]
    several = any(one["type"] == SEVERAL for one in asked)
    return replace(
        form, current=current, departments=_named(session, case, form, codes) if several else form.departments
    )


def _of_decisions(session: Session, case: Case) -> list[str]:
    standing = (standing_for(session, code) for code in departments_of(session, case.id))
    return list(dict.fromkeys(row.code for row in standing if row))


def _named(session: Session, case: Case, form: FormPage, codes: list[str]) -> tuple[tuple[str, str], ...]:
    rows, names = session.scalars(decisions_in(case.id)).all(), dict(form.departments)
    told = {code: enumeration([row.subject for row in own_decisions(session, rows, code)]) for code in codes}
    first = [(code, f"{names[code]} (nam het besluit: {told[code]})") for code in codes if code in names]
    return (*first, *(one for one in form.departments if one[0] not in told))
