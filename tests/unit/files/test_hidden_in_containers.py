"""W22: what hides in the files of a mail or a zip is named with the file that it is in, within bounds."""

import zipfile
from email.message import EmailMessage
from io import BytesIO

import pikepdf
import pytest
from kit.bundles import paper_of, with_secrets
from kit.outlook import outlook_mail

from processes.base import hidden_containers
from processes.base.hidden_containers import of_mail, of_zip
from processes.base.hidden_content import BROKEN, LOCKED, OTHER_KIND, TOO_LARGE, hidden_in
from processes.base.hidden_kinds import HiddenKind

K = HiddenKind
CLEAN = paper_of("niets bijzonders")
TELLING = paper_of("een", dress=with_secrets)


def zipped(comment: str = "", **members: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = comment.encode()
    return made.getvalue()


def mailed(**files: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "bo@voorbeeld.example", "noor@voorbeeld.example", "Stukken"
    mail.set_content("Zie de bijlagen.")
    for name, content in files.items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def named(things):
    return {(one.kind, one.where, one.what) for one in things}


def test_w22_a_zip_of_files_that_hide_nothing_hides_nothing():
    assert hidden_in("stukken.zip", zipped(**{"map/brief.pdf": CLEAN, "lijst.csv": b"a;b", "map/": b""})) == ()


def test_w22_what_hides_in_a_member_is_named_with_the_member():
    found = hidden_in("stukken.zip", zipped(**{"map/brief.pdf": TELLING, "goed.pdf": CLEAN}))
    assert {one.kind for one in found} >= {K.BOOKMARK, K.ATTACHMENT, K.COMMENTS}
    assert all(one.where.startswith("map/brief.pdf") for one in found)


def test_w22_members_that_cannot_be_looked_into_are_named_one_by_one_with_the_reason():
    locked = paper_of("dicht", encryption=pikepdf.Encryption(user="u", owner="o"))
    compound = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600)
    members = {
        "dicht.pdf": locked,
        "dicht.docx": compound,
        "kapot.pdf": b"%PDF-1.7 niets",
        "muziek.mp3": b"ID3",
        "heel.pdf": TELLING,
    }
    found = named(of_zip(zipped(**members)))
    assert {one[1:] for one in found if one[0] == K.UNREADABLE} == {
        ("dicht.pdf", LOCKED), ("dicht.docx", LOCKED), ("kapot.pdf", BROKEN), ("muziek.mp3", OTHER_KIND),
    }  # fmt: skip
    assert any(one[1].startswith("heel.pdf") for one in found)


def test_w22_a_file_that_most_programs_do_not_show_and_a_remark_of_the_zip_are_named():
    found = named(
        of_zip(zipped("van Bo", **{".verborgen/lijst.csv": b"a", "__MACOSX/._brief.pdf": b"x", "brief.pdf": CLEAN}))
    )
    assert found == {
        (K.COMMENTS, "", "van Bo"),
        (K.ATTACHMENT, ".verborgen/lijst.csv", hidden_containers.NOT_SHOWN),
        (K.ATTACHMENT, "__MACOSX/._brief.pdf", hidden_containers.NOT_SHOWN),
    }


def test_w22_a_mail_of_either_kind_names_its_files_and_what_hides_in_them():
    for name, content in (
        ("post.eml", mailed(**{"brief.pdf": TELLING})),
        ("post.msg", outlook_mail("Stukken", "Zie.", {"brief.pdf": TELLING})),
    ):
        found = named(hidden_in(name, content))
        assert (K.ATTACHMENT, "", "brief.pdf") in found
        assert any(kind == K.BOOKMARK and where.startswith("brief.pdf") for kind, where, _ in found)


def test_w22_an_outlook_mail_without_files_hides_nothing_and_one_with_a_mail_inside_says_so():
    assert hidden_in("post.msg", outlook_mail("Stoep", "De stoep ligt los.", {})) == ()
    found = named(hidden_in("post.msg", outlook_mail("Stoep", "Zie.", {"antwoord.msg": None})))
    assert found == {(K.UNREADABLE, "antwoord.msg", hidden_containers.IN_OUTLOOK)}


def test_w22_files_in_files_are_looked_into_as_far_as_three_deep():
    mail = mailed(**{"stukken.zip": zipped(**{"brief.pdf": TELLING, "nog.zip": zipped(**{"diep.pdf": TELLING})})})
    found = named(of_zip(zipped(**{"post.eml": mail})))
    assert any(kind == K.BOOKMARK and where.startswith("post.eml, stukken.zip, brief.pdf") for kind, where, _ in found)
    assert (K.UNREADABLE, "post.eml, stukken.zip, nog.zip", hidden_containers.TOO_DEEP) in found
    assert not any("diep.pdf" in where for _, where, _ in found)


def test_w22_too_many_members_are_said_and_the_first_are_looked_into(monkeypatch):
    monkeypatch.setattr(hidden_containers, "MOST_MEMBERS", 3)
    monkeypatch.setattr(hidden_containers.Room.__init__, "__defaults__", (3, hidden_containers.MOST_UNPACKED))
    found = named(of_zip(zipped(**{f"{at}.pdf": TELLING if at == 0 else CLEAN for at in range(9)})))
    assert (K.UNREADABLE, "", hidden_containers.TOO_MANY) in found
    assert any(where.startswith("0.pdf") for _, where, _ in found)


@pytest.mark.parametrize("named_as", ["bom.csv", "bom.pdf"])
def test_w22_a_member_that_unpacks_to_more_than_is_read_is_named_and_not_unpacked(named_as):
    made = BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open(named_as, "w", force_zip64=True) as member,
    ):
        for _ in range(101):
            member.write(bytes(1024 * 1024))
    found = hidden_in("bom.zip", made.getvalue())
    assert named(found) == {(K.UNREADABLE, named_as, TOO_LARGE)}


def test_w22_a_mail_with_blind_copies_names_them():
    mail = mailed().replace(b"Subject:", b"Bcc: stil@voorbeeld.example\nSubject:")
    assert (K.NAMES, "bcc", "stil@voorbeeld.example") in named(of_mail(mail))
