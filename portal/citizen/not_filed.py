"""The page of a case type that somebody wanted to file, or began to fill in, and that cannot be filed (any more): why, what comes in its place, and what was typed."""

from fastapi import Request
from starlette.responses import Response

from portal.begun import begun_in
from portal.forms import FormSchema, all_answers
from portal.pages import get_services, render
from portal.received import Received
from processes.base.errors import NotFound
from processes.execution.out_of_use import NotFiledAnyMore
from processes.reads.begun_forms import read_filing_form, read_titles
from processes.storage.drafts import Draft


def not_filed(
    request: Request, code: str, error: NotFound | NotFiledAnyMore, typed: Received | None, draft: Draft | None
) -> Response:
    """The page that says so, with everything that was typed, to be copied. Raises NotFound where nobody ever filed anything."""
    services = get_services(request)
    begun = begun_in(services, typed)
    form = read_filing_form(services, code, begun.version if begun else None)
    title = read_titles(services, [code]).get(code)
    end = error.end if isinstance(error, NotFiledAnyMore) else None
    if form is None or title is None or (end is None and typed is None):
        raise error
    answers = all_answers(FormSchema.parse(form.schema, form.values), typed or Received())
    held = draft.held.files if draft else ()
    return render(
        request, "citizen/not_filed.html", NotFiledAnyMore.status, title=title, end=end, answers=answers, draft=draft,
        held=held,
    )  # fmt: skip
