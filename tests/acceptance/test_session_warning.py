"""A visitor who does nothing is warned two minutes before the session ends, and can stay without leaving the page."""

from playwright.sync_api import Browser, expect


def test_the_warning_comes_in_time_and_staying_works(demo: str, browser: Browser) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    page.clock.install()
    page.goto(f"{demo}/inloggen?terug=/mijn")
    page.get_by_role("link", name="Inloggen met DigiD").click()
    page.get_by_role("button", name="Log in als Tess Testeling").click()
    # until it has loaded: before that its timers do not run, and a bar that is not there counts as hidden
    page.wait_for_url(f"{demo}/mijn")
    warning = page.locator("#session-warning")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("13:10")
    expect(warning).to_contain_text("over twee minuten uitgelogd")
    warning.get_by_role("button", name="Ingelogd blijven").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("12:00")
    expect(warning).to_be_hidden()
    page.clock.fast_forward("05:00")
    expect(warning).to_contain_text("gaat niet verloren")


def test_scripts_and_styles_break_no_rule_of_the_policy(demo: str, browser: Browser) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{demo}/inloggen")
    page.get_by_role("link", name="Inloggen met eHerkenning").click()
    page.get_by_role("button", name="Log in als Verzonnen Bouw B.V.").click()
    page.wait_for_load_state("networkidle")
    assert [line for line in said if "Content Security Policy" in line or "Failed to load" in line] == []
