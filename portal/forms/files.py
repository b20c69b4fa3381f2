"""The document types that a field for files asks for."""

from collections.abc import Sequence

from engine import DocumentType
from portal.forms.schema import WITH_FILES, FormSchema
from processes.base.errors import NotNow
from processes.execution.forms import FormPage


def types_asked_at(form: FormPage | None, field: str) -> Sequence[DocumentType]:
    """Those of one field; of all fields for files where the form, in another version, has no field of that name. Raises NotNow."""
    components = FormSchema.parse(form.schema, form.values).components if form else ()
    with_files = [one for one in components if one.type in WITH_FILES]
    if form is None or not with_files:
        raise NotNow("Hier wordt niet (meer) om een bestand gevraagd. Laad de pagina opnieuw.")
    named = [one for one in with_files if one.key == field] or with_files
    found = [form.document_types[one.document_type] for one in named if one.document_type in form.document_types]
    return found or list(form.document_types.values())
