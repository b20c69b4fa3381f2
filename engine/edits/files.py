"""Edits of the files beside the drawing: mails, forms and rehearsals."""

import re

from engine.edits.asked import Files, RemoveFile, SetForm, SetMail, SetRehearsal
from engine.errors import EditRefused
from engine.form_parts import read_form
from engine.kernel.reading.folder import MOST_FILES
from engine.kernel.safe_xml import LARGEST

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,79}", re.ASCII)
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
KINDS = {"mails": ".txt", "forms": ".json", "rehearsals": ".yaml"}


def set_mail(files: Files, edit: SetMail) -> Files:
    return _set(files, "mails", edit.name, edit.text)


def set_form(files: Files, edit: SetForm) -> Files:
    try:
        read_form(edit.text.encode(errors="replace"))
    except ValueError as problem:
        raise EditRefused(f"Dit formulier kan niet worden bewaard. {problem}", f"forms/{edit.name}") from problem
    return _set(files, "forms", edit.name, edit.text)


def set_rehearsal(files: Files, edit: SetRehearsal) -> Files:
    return _set(files, "rehearsals", edit.name, edit.text)


def remove_file(files: Files, edit: RemoveFile) -> Files:
    if edit.name.partition("/")[0] not in KINDS or edit.name not in files:
        raise EditRefused(f"`{edit.name[:80]}` is er niet. Ververs de pagina en kijk wat er is veranderd.", edit.name)
    return {name: content for name, content in files.items() if name != edit.name}


def _set(files: Files, folder: str, name: str, text: str) -> Files:
    """The file with this text in UTF-8, lines as on any page; its bytes when only line ends at the end differ."""
    place = f"{folder}/{name.removesuffix(KINDS[folder])}{KINDS[folder]}"
    if place not in files:
        _check_new(files, folder, place)
    if UNPRINTABLE.search(text):
        raise EditRefused("De tekst heeft onzichtbare tekens. Typ de tekst opnieuw.", place)
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    content = (lines.rstrip("\n") + "\n").encode()
    if len(content) > LARGEST:
        raise EditRefused("De tekst is groter dan 2 MB. Kort haar in.", place)
    return files if _same(files.get(place, b""), content) else {**files, place: content}


def _check_new(files: Files, folder: str, place: str) -> None:
    name = place.removeprefix(f"{folder}/")
    if not NAME.fullmatch(name) or ".." in name:
        raise EditRefused(f"De naam `{name[:80]}` kan niet. Gebruik kleine letters, cijfers, _ en -.", place)
    if sum(one.startswith(f"{folder}/") for one in files) >= MOST_FILES:
        raise EditRefused(f"Er zijn al {MOST_FILES} bestanden in `{folder}`. Haal er eerst een weg.", place)


def _same(was: bytes, content: bytes) -> bool:
    return was.replace(b"\r\n", b"\n").rstrip(b"\n") + b"\n" == content
