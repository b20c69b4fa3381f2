"""The stylesheet of a house style: values of tokens and the faces of its own fonts, and nothing else.

No rule of it shows, hides or moves anything: it cannot, because it sets custom properties on the root alone, and our styles use
these for colours, fonts and corners only. That is what keeps function and information the same in every style.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from processes.house_style.contrast import BLACK, PART, TEXT, WHITE, luminance, mixed, ratio
from processes.house_style.style import Corners, Font, HouseStyle

STACKS: Final[Mapping[str, str]] = MappingProxyType({
    Font.NOTO_SANS: '"Noto Sans", system-ui, sans-serif',
    Font.SOURCE_SANS: '"Source Sans Pro", "Noto Sans", system-ui, sans-serif',
    Font.SYSTEM: "system-ui, sans-serif",
    Font.SERIF: "Georgia, serif",
    Font.NOTO_SERIF: '"Noto Serif", Georgia, serif',
    Font.FIRA_SANS: '"Fira Sans", "Noto Sans", system-ui, sans-serif',
    Font.OWN: '"huisstijl", "Noto Sans", system-ui, sans-serif',
})  # fmt: skip
RADIUS: Final[Mapping[str, str]] = MappingProxyType({Corners.SQUARE: "0", Corners.SOFT: "4px", Corners.ROUND: "10px"})
DARK: Final = {"accent": "accent", "link": "link", "button": "button_back"}  # what the dark scheme mixes its colours of
FILES: Final = "/huisstijl/bestand/"  # where the files of a style are served from, by digest


def sheet(style: HouseStyle) -> str:
    """The whole stylesheet, as text."""
    lines = "".join(f"  {name}: {value};\n" for name, value in tokens(style).items())
    return "".join(_faces(style)) + f":root.utrecht-root {{\n{lines}}}\n"


def _faces(style: HouseStyle) -> Iterator[str]:
    for digest, weight in ((style.font_regular, "400"), (style.font_bold, "700")):
        if digest and Font.OWN in (style.text_font, style.heading_font):
            yield (
                f'@font-face {{ font-family: "huisstijl"; src: url("{FILES}{digest}") format("woff2"); '
                f"font-weight: {weight}; font-display: swap; }}\n"
            )


def tokens(style: HouseStyle) -> dict[str, str]:
    """Every token that a house style gives a value: ours (`--zs-`) and those of the design system (`--basis-` and further)."""
    return {**_planes(style), **_letters(style), **_actions(style), **_messages(style), **_corners(style)}


def _planes(style: HouseStyle) -> dict[str, str]:
    own = style.colours
    line = mixed(own["text"], WHITE, 0.78)
    return {
        "--zs-header-back": own["header_back"],
        "--zs-header-text": own["header_text"],
        "--zs-header-mark": own["header_text"],
        "--zs-header-button": WHITE,
        "--zs-footer-back": own["footer_back"],
        "--zs-footer-text": own["footer_text"],
        "--zs-focus-line": own["focus_line"],
        "--basis-focus-color": own["focus_line"],
        "--basis-focus-background-color": own["focus_back"],
        "--basis-color-accent-1-inverse-bg-default": own["accent"],
        **{f"--zs-own-{code}": own[name] for code, name in DARK.items()},
        "--basis-color-default-bg-document": WHITE,
        "--basis-color-default-bg-subtle": own["soft"],
        "--basis-color-default-bg-default": own["soft"],
        "--basis-color-default-border-subtle": line,
        "--basis-color-default-border-default": quiet(own["text"], own["soft"], PART),
    }


def _letters(style: HouseStyle) -> dict[str, str]:
    own, text, heading = style.colours, STACKS[style.text_font], STACKS[style.heading_font]
    return {
        "--basis-color-default-color-document": own["text"],
        "--basis-color-default-color-default": own["text"],
        "--basis-color-default-color-subtle": quiet(own["text"], own["soft"], TEXT),
        "--basis-heading-color": own["heading"],
        "--basis-text-font-family-default": text,
        "--basis-heading-font-family": heading,
    }


def _actions(style: HouseStyle) -> dict[str, str]:
    """Links and buttons. What the pointer touches is darker on light and lighter on dark, so that its contrast only grows."""
    own = style.colours
    pressed = further(own["button_back"], own["button_text"])
    link = mixed(own["link"], BLACK, 0.25)
    found = {
        "--basis-color-action-1-inverse-bg-default": own["button_back"],
        "--denhaag-step-marker-current-background-color": own["button_back"],
        "--denhaag-step-marker-current-color": own["button_text"],
        "--denhaag-step-marker-current-nested-color": own["button_text"],
    }
    for state in ("hover", "active"):
        found[f"--basis-color-action-1-inverse-bg-{state}"] = pressed
        found[f"--basis-color-action-1-bg-{state}"] = own["soft"]
    for state, colour in (("default", own["link"]), ("hover", link), ("active", link)):
        found[f"--basis-color-action-1-inverse-color-{state}"] = own["button_text"]
        for kind in ("action-1", "action-2"):
            found[f"--basis-color-{kind}-color-{state}"] = colour
        found[f"--basis-color-action-1-border-{state}"] = colour
    return found


def _messages(style: HouseStyle) -> dict[str, str]:
    own, found = style.colours, dict[str, str]()
    for code, name in (("error", "negative"), ("ok", "positive"), ("warning", "warning")):
        found[f"--basis-color-{name}-color-default"] = own[code]
        found[f"--basis-color-{name}-border-default"] = own[code]
        found[f"--basis-color-{name}-inverse-bg-default"] = own[code]
    return found


def _corners(style: HouseStyle) -> dict[str, str]:
    radius = RADIUS[style.corners]
    return {"--zs-radius": radius, "--basis-border-radius-md": radius, "--basis-form-control-border-radius": radius}


def quiet(text: str, soft: str, needed: float) -> str:
    """The quietest mix of the text colour with white that still has this contrast on the page and on the light plane."""
    mixes = (mixed(text, WHITE, part / 100) for part in range(60, 0, -2))
    return next((one for one in mixes if min(ratio(one, WHITE), ratio(one, soft)) >= needed), text)


def further(back: str, text: str) -> str:
    """The colour of a plane under the pointer: away from the text on it."""
    return mixed(back, BLACK if luminance(back) < luminance(text) else WHITE, 0.2)


def icon(style: HouseStyle) -> str:
    """The icon of the site as SVG, in the colour of the style."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
        f'<rect width="32" height="32" rx="6" fill="{style.colours["icon"]}"/>'
        '<path d="M7 22h6l6-12h6" fill="none" stroke="#fff" stroke-width="3"/>'
        '<circle cx="7" cy="22" r="3" fill="#fff"/><circle cx="25" cy="10" r="3" fill="#fff"/></svg>'
    )
