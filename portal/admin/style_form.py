"""The form of a house style: the texts as they were typed, and the logo and fonts that were chosen with it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Request

from portal.received import Received
from portal.scanned import read_now
from portal.uploads import WRONG, receive_few
from processes.base.errors import Invalid
from processes.house_style import fonts, pictures
from processes.house_style.style import COLOURS, WORDS_OF, HouseStyle, StyleFile
from processes.house_style.typed import LINKS, typed_style
from processes.storage.services import Services
from processes.storage.upload_room import let_go

MOST_FILES = 3
MOST_FORM = 2_100_000
FORMATS = ("svg", "png", "woff2")
# the field of each file, what looks at it, and the tick that takes it away
FILES: Mapping[str, tuple[Callable[[bytes], StyleFile], str]] = {
    "logo": (pictures.picture, "no_logo"),
    "font_regular": (fonts.font, "no_fonts"),
    "font_bold": (fonts.font, "no_fonts"),
}
TEXTS = (*(one.code for one in COLOURS), *WORDS_OF, "logo_alt", "logo_has_name", *LINKS)


async def style_form(request: Request) -> Received:
    """The form with its files. What is wrong with a file becomes an error of the form, so that what was typed stands there again."""
    return await receive_few(request, max_bytes=MOST_FORM, formats=FORMATS, max_files=MOST_FILES)


async def package_form(request: Request) -> Received:
    """The form with one house style as a file."""
    return await receive_few(request, max_bytes=MOST_FORM, formats=("json",))


StyleForm = Annotated[Received, Depends(style_form)]
PackageForm = Annotated[Received, Depends(package_form)]


def typed_of(style: HouseStyle) -> dict[str, Any]:
    """A style as the fields of the form show it."""
    return {**style.as_record(), **style.colours}


def typed_again(form: Received) -> dict[str, Any]:
    """The texts that were typed, to stand in the form again."""
    return {name: form.one(name) for name in TEXTS}


def style_typed(services: Services, before: HouseStyle, form: Received) -> tuple[HouseStyle, tuple[StyleFile, ...]]:
    """The style that was typed, with the files that came along. Raises Invalid per field; the store keeps nothing of it."""
    wrong: dict[str, str] = {"": form.one(WRONG)} if form.one(WRONG) else {}
    style, files = before, dict[str, StyleFile]()
    try:
        style = typed_style(before, typed_again(form))
    except Invalid as error:
        wrong |= error.fields
    for field, (judge, _) in FILES.items():
        try:
            if content := chosen_file(services, form, field):
                files[field] = judge(content)
        except (pictures.BadPicture, fonts.BadFont) as bad:
            wrong[field] = str(bad)
        except Invalid as error:
            wrong |= error.fields
    let_go(services, form.uploads)
    if wrong:
        raise Invalid(wrong)
    return _with_files(style, form, files), tuple(files.values())


def _with_files(style: HouseStyle, form: Received, files: Mapping[str, StyleFile]) -> HouseStyle:
    gone: dict[str, Any] = {field: "" for field, (_, tick) in FILES.items() if form.ticked(tick)}
    if "logo" in gone and "logo" not in files:
        gone |= {"logo_alt": "", "logo_has_name": False}
    chosen: dict[str, Any] = {field: one.digest for field, one in files.items()}
    return replace(style, **{**gone, **chosen})


def chosen_file(services: Services, form: Received, field: str) -> bytes:
    """The content of the file that was chosen in a field; nothing when none was."""
    uploads = form.files.get(field, [])
    if not uploads:
        return b""
    return read_now(services, uploads[-1], field)
