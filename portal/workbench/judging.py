"""The judgement of each delivered document, read for the documents that the page showed and no others."""

from portal.forms import FormSchema
from portal.received import Received
from processes.actions.judging import Judgement
from processes.reads.workbench import WorkerTaskPage
from processes.storage.words import DocumentState


def to_judge(schema: FormSchema) -> bool:
    """Whether a form asks for a judgement."""
    return any(component.type == "delivery-judgement" for component in schema.components)


def judgements_in(page: WorkerTaskPage, form: Received, wrong: dict[str, str]) -> dict[str, Judgement]:
    """Judgements by document id. What is missing goes into `wrong`, under the name of its field."""
    found = {}
    for delivery in page.deliveries:
        for document in delivery.documents:
            name = f"judgement-{document.id}"
            answer = form.one(name)
            reason = form.one(f"reason-{document.id}")
            if answer not in {DocumentState.ACCEPTED, DocumentState.REFUSED}:
                wrong[name] = f"Kies akkoord of niet akkoord bij '{document.title}'."
            elif answer == DocumentState.REFUSED and not reason:
                wrong[name] = f"Schrijf waarom u '{document.title}' niet aanneemt. De afdeling leest dit."
            else:
                found[document.id] = Judgement(
                    answer == DocumentState.ACCEPTED, reason, form.ticked(f"portal-{document.id}")
                )
    return found
