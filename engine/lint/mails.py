"""Mail templates of the folder and the texts of statuses."""

from contextlib import suppress

from engine.lint.subject import REQUEST_FACTS, Findings, Subject, error, warning
from engine.lint.templates import FIXED_MAILS, MAIL_NAMES, names_in, relative_days, template_problems
from engine.model import Status
from engine.vocabulary import TRANSLATED_OF_ELEMENT
from engine.words import ElementKind, Language, Side

LARGEST = 50_000
LONGEST_SUBJECT = 200
SUBJECT = "Onderwerp:"
GREETS = frozenset({"recipient.name", "recipient.greeting"})  # each language greets in its own way


def mails(subject: Subject) -> Findings:
    asking, only_in_mails = _asking(subject), _only_in_mails(subject)
    for name, data in subject.folder.mails.items():
        place = f"mails/{name}"
        try:
            text = _text(data)
        except ValueError as problem:
            yield error(place, "mail-broken", f"Deze mail is niet te lezen. {problem}")
            continue
        yield from _head(place, text)
        if original_of(name) not in {*subject.folder.mails}:
            message = f"Er is geen mail `{original_of(name)}` om te vertalen. Maak die, of haal deze weg."
            yield error(place, "translation-without-mail", message)
        else:
            yield from _same_places(place, subject.folder.mails[original_of(name)], text)
        template = original_of(name).removesuffix(".txt")
        extra = REQUEST_FACTS if template in asking else FIXED_MAILS.get(template, ())
        known = {*subject.facts, *MAIL_NAMES, *extra, *only_in_mails}
        for line, part in enumerate(text.split("\n", 1), start=1):  # the subject and the text are filled apart
            for code, message in template_problems(part, known, subject.days, first_line=line):
                yield error(place, code, message)
        for line, word in relative_days(text):
            message = f"Regel {line}: '{word}' is een andere dag voor wie dit later leest. Noem de datum."
            yield warning(place, "relative-day", message)


def _same_places(place: str, original: bytes, text: str) -> Findings:
    """A translation that names what the text itself does not: its reader would be told another thing."""
    with suppress(ValueError):  # said of the text itself
        for name in sorted(names_in(text) - names_in(_text(original)) - GREETS):
            message = f"Deze tekst noemt `{name[:60]}` en de Nederlandse niet. De vertaling zegt dan iets anders dan de brief. Noem het in beide."
            yield warning(place, "translation-other-places", message)


def original_of(name: str) -> str:
    """The file of which this one is the text in another language, as `x.en.txt` is of `x.txt`; itself when it is the text."""
    stem, _, language = name.removesuffix(".txt").rpartition(".")
    return f"{stem}.txt" if stem and language in set(Language) else name


def status_texts(subject: Subject) -> Findings:
    known = {*subject.facts, *MAIL_NAMES}
    for place, status in statuses_at(subject):
        for text in (status.explanation, status.next, *(one.text for one in status.translations)):
            for code, message in template_problems(text, known, subject.days):
                yield error(place, code, message)
            for _, word in relative_days(text):
                message = f"De status zegt '{word}'. Dat is een andere dag voor wie dit later leest. Noem de datum."
                yield warning(place, "relative-day", message)


def statuses_at(subject: Subject) -> list[tuple[str, Status]]:
    """Every status with the element that it stands at."""
    found = [(element.id, element.status) for element in subject.elements() if element.status]
    withdrawal = subject.model.withdrawal
    if withdrawal and withdrawal.status:
        found.append((subject.model.process, withdrawal.status))
    return found


def translated_texts(subject: Subject) -> Findings:
    """An English text with a place that the Dutch one lacks: a page makes the English one of the Dutch, and has nothing to put there."""
    for place, status in statuses_at(subject):
        for one in status.translations:
            yield from _other_places(place, getattr(status, one.of, ""), one.text)
    for element in subject.elements():
        for one in element.translations:
            if one.of in TRANSLATED_OF_ELEMENT:
                yield from _other_places(element.id, getattr(element, one.of), one.text)


def _other_places(place: str, dutch: str, translated: str) -> Findings:
    for name in sorted(names_in(translated) - names_in(dutch)):
        message = f"De tekst in een andere taal noemt `{name[:60]}` en de Nederlandse niet. Zo leest iedereen de Nederlandse. Noem het in beide."
        yield warning(place, "translation-other-places", message)


def department_texts(subject: Subject) -> Findings:
    """The explanation at a task of a department: its page and its mail fill in the values of the case."""
    for element in subject.elements():
        role = subject.model.role_of(element.id)
        if element.kind != ElementKind.USER_TASK or role is None or role.side != Side.DEPARTMENT:
            continue
        for code, message in template_problems(element.documentation, subject.facts, subject.days):
            yield error(element.id, code, message)


def _only_in_mails(subject: Subject) -> set[str]:
    """Names that depend on who reads the mail, or that only a text needs."""
    models = (subject.model, *subject.library.values()) if not subject.model.case_type else (subject.model,)
    seen = {f"sees.{kind}" for model in models for kind in model.document_types}
    return seen | {f"deadline.{code}.resumed" for code in subject.model.deadlines}


def _asking(subject: Subject) -> set[str]:
    """Templates that go with a document request, and so may name its facts."""
    requests = [element.request for element in subject.elements()]
    requests += [button.request for button in subject.model.on_demand.values()]
    return {request.mail for request in requests if request}


def _text(data: bytes) -> str:
    if len(data) > LARGEST:
        raise ValueError("Zij is langer dan 50.000 tekens. Maak haar korter.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as problem:
        raise ValueError("De tekst is geen UTF-8. Bewaar haar als UTF-8.") from problem


def _head(place: str, text: str) -> Findings:
    first, _, rest = text.partition("\n")
    title = first.removeprefix(SUBJECT).strip()
    if not first.startswith(SUBJECT) or not title or len(title) > LONGEST_SUBJECT:
        yield error(place, "mail-without-subject", f"De eerste regel moet `{SUBJECT} ...` zijn. Zet die bovenaan.")
    elif rest.partition("\n")[0].strip():
        yield error(place, "mail-without-subject", "Na het onderwerp hoort een lege regel. Voeg die toe.")
    elif not rest.strip():
        yield error(place, "mail-empty", "De mail heeft geen tekst. Schrijf er een.")
