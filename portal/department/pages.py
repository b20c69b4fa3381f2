"""The pages that more than one step of a delivery shows."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from starlette.responses import Response

from portal.begun import begun_context
from portal.department.checklist import shown_wants
from portal.department.draft import DeliveryDraft
from portal.department.formats import accepted, formats_by_type, formats_in
from portal.department.kept import NO_DELIVERY, KeptDelivery
from portal.forms import FormSchema, ShownField, fields_for, lists_for
from portal.pages import get_services, render
from portal.received import Received
from processes.base.errors import Invalid, ZaakspoorError
from processes.reads.department import DossierPage, OpenRequest, read_delivery, read_dossier


def show_dossier(
    request: Request, token: str, page: DossierPage, *, remark: str = "", errors: Mapping[str, str] | None = None,
    done: bool = False, locked: bool = False, typed: Received | None = None, kept: KeptDelivery = NO_DELIVERY,
) -> Response:  # fmt: skip
    """The dossier, with the form to deliver when documents are asked."""
    asked = page.requests[0] if page.requests else None
    status = Invalid.status if errors else 200
    return render(
        request, "department/dossier.html", status, token=token, dossier=page, asked=asked, remark=remark or kept.remark,
        name=_name(typed), done=done, locked=locked, errors=errors or {}, wants=shown_wants(asked, typed or kept.typed),
        fields=own_fields(asked, typed or kept.typed, errors), delivery=kept, **_formats(request, page),
        **_begun(request, asked, typed or kept.typed),
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
        name=_name(typed), errors=errors, wants=shown_wants(asked, typed or kept.typed),
        fields=own_fields(asked, typed or kept.typed, errors), delivery=kept, **_formats(request, page),
        **_begun(request, asked, typed or kept.typed),
    )  # fmt: skip


def show_check(
    request: Request, token: str, page: DossierPage, draft: DeliveryDraft, sealed: str, typed: Received
) -> Response:
    """Everything that is about to be sent, to look at once more (O19)."""
    status = Invalid.status if draft.wrong else 200
    wants = shown_wants(draft.asked, typed, draft.types)
    return render(
        request, "department/check.html", status, token=token, dossier=page, asked=draft.asked, files=draft.files, sealed=sealed,
        remark=draft.remark, name=draft.name, key=typed.form_key, errors=draft.wrong, task=draft.task, wants=wants,
        kinds=[(kind.code, kind.name) for kind in page.types], fields=own_fields(draft.asked, typed, draft.wrong),
        **_formats(request, page), **_begun(request, draft.asked, typed),
    )  # fmt: skip


def show_receipt(
    request: Request, token: str, receipt: str, *, new: bool = False, back: bool = False, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """A delivery with its receipt; with `errors` again, after a file could not be taken back. Raises LinkGone."""
    services = get_services(request)
    status = Invalid.status if errors else 200
    return render(
        request, "department/receipt.html", status, token=token, dossier=read_dossier(services, token),
        delivery=read_delivery(services, token, receipt), new=new, back=back, typed=typed, errors=errors or {},
    )  # fmt: skip


def _name(typed: Received | None) -> str:
    """The name of who delivers, as typed on this visit. A kept delivery does not give it back: without a name nothing is sent, so that a program
    that goes on with it and presses every button sends nothing (B7).
    """
    return typed.one("naam") if typed else ""


def _begun(request: Request, asked: OpenRequest | None, typed: Received | None) -> dict[str, Any]:
    """With which version of its questions somebody began, and what is different in them since."""
    return begun_context(request, asked.whole if asked else None, typed, beside=True)


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


def _formats(request: Request, page: DossierPage) -> dict[str, Any]:
    """The sentences of the field of files about formats and sizes."""
    services = get_services(request)
    return {
        "largest": max((kind.max_megabytes for kind in page.types), default=0),
        "accept": accepted(services, page), "may": formats_in(services, page), "by_type": formats_by_type(services, page),
    }  # fmt: skip
