"""The pages that more than one step of a delivery shows."""

from collections.abc import Mapping, Sequence

from fastapi import Request
from starlette.responses import Response

from portal.department.kept import NO_DELIVERY, KeptDelivery
from portal.forms import FormSchema, ShownField, fields_for, lists_for
from portal.pages import get_services, render
from portal.received import Received
from processes.base.chosen_files import ChosenFile
from processes.base.errors import Invalid, ZaakspoorError
from processes.base.file_types import accepted_endings, formats_in_words
from processes.post.converting import convertible
from processes.reads.department import DossierPage, OpenRequest


def show_dossier(
    request: Request, token: str, page: DossierPage, *, remark: str = "", errors: Mapping[str, str] | None = None,
    done: bool = False, locked: bool = False, typed: Received | None = None, kept: KeptDelivery = NO_DELIVERY,
) -> Response:  # fmt: skip
    """The dossier, with the form to deliver when documents are asked."""
    asked = page.requests[0] if page.requests else None
    status = Invalid.status if errors else 200
    return render(
        request, "department/dossier.html", status, token=token, dossier=page, asked=asked, remark=remark or kept.remark,
        done=done, locked=locked, errors=errors or {}, accept=accepted(request, page), may=formats_in(request, page),
        fields=own_fields(asked, typed or kept.typed, errors), delivery=kept,
    )  # fmt: skip


def show_choice(
    request: Request, token: str, page: DossierPage, asked: OpenRequest | None, remark: str, errors: Mapping[str, str],
    typed: Received | None = None, kept: KeptDelivery = NO_DELIVERY,
) -> Response:  # fmt: skip
    """The form to choose files again: where it was, with what was typed."""
    if asked is not None and asked == page.requests[0] and errors:
        return show_dossier(request, token, page, remark=remark, errors=errors, typed=typed, kept=kept)
    status = Invalid.status if errors else 200
    return render(
        request, "department/supplement.html", status, token=token, dossier=page, asked=asked, remark=remark or kept.remark,
        errors=errors, accept=accepted(request, page), may=formats_in(request, page), fields=own_fields(asked, typed or kept.typed, errors),
        delivery=kept,
    )  # fmt: skip


def show_check(
    request: Request, token: str, page: DossierPage, asked: OpenRequest | None, files: Sequence[ChosenFile], sealed: str,
    remark: str, key: str, errors: Mapping[str, str], task: str, typed: Received,
) -> Response:  # fmt: skip
    """Everything that is about to be sent, to look at once more (O19)."""
    status = Invalid.status if errors else 200
    return render(
        request, "department/check.html", status, token=token, dossier=page, asked=asked, files=files, sealed=sealed,
        remark=remark, key=key, errors=errors, task=task, accept=accepted(request, page), may=formats_in(request, page), kinds=[(kind.code, kind.name) for kind in page.types],
        fields=own_fields(asked, typed, errors),
    )  # fmt: skip


def own_fields(
    asked: OpenRequest | None, typed: Received | None, errors: Mapping[str, str] | None
) -> Sequence[ShownField]:
    """The fields that the drawing asks beside documents and the remark."""
    if asked is None or asked.form is None:
        return ()
    schema = FormSchema.parse(asked.form.schema, asked.form.values)
    extras = lists_for(asked.form.departments, asked.form.document_types)
    return fields_for(schema, asked.form.current, errors, typed=typed, extras=extras)


def show_refusal(request: Request, token: str, error: ZaakspoorError) -> Response:
    """Why it can no longer be done, and the way back to the dossier."""
    return render(request, "department/refusal.html", error.status, token=token, sentence=str(error))


def accepted(request: Request, page: DossierPage) -> str:
    """The `accept` text of the file field: the endings of all formats that may be sent."""
    return accepted_endings(_codes(request, page))


def formats_in(request: Request, page: DossierPage) -> str:
    """The same in words."""
    return formats_in_words(_codes(request, page))


def _codes(request: Request, page: DossierPage) -> list[str]:
    """The codes of the formats; of a type for the archive also those of which a PDF is made."""
    taken = [code for kind in page.types for code in kind.taken]
    made = convertible(get_services(request)) if any(kind.archive for kind in page.types) else ()
    return list(dict.fromkeys([*taken, *made]))
