"""Uploads: known by what is in them, harmless afterwards, refused with a sentence that says what to do."""

import resource
import stat
import time
import zipfile
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from dialogi.commons.attachments import EVERY_KIND, IMAGES, FileKind, images, packages, prepare_upload
from dialogi.commons.tests import files


def refused(data, name="file.bin", kinds=EVERY_KIND, language="en"):
    with override(language), pytest.raises(ValidationError) as caught:
        prepare_upload(files.sent(data, name), kinds=kinds)
    with override(language):
        return " ".join(caught.value.messages)


@pytest.mark.parametrize(
    ("data", "name", "kind", "kept_name"),
    [
        (files.photo("JPEG"), "bild.jpg", FileKind.JPEG, "bild.jpg"),
        (files.photo("JPEG"), "bild.pdf", FileKind.JPEG, "bild.jpg"),
        (files.photo("PNG"), "../../x.html", FileKind.PNG, "x.png"),
        (files.photo("WEBP"), "\u202egpj.exe", FileKind.WEBP, "gpj.webp"),
        (files.pdf(), "con.pdf", FileKind.PDF, "_con.pdf"),
        (files.docx(), "brev.docx", FileKind.DOCX, "brev.docx"),
        (files.package({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<w/>"}), "tal", FileKind.XLSX, "tal.xlsx"),
        (files.odt(), "kirje.odt", FileKind.ODT, "kirje.odt"),
        ("Hej på dig\r\n".encode(), "x.txt", FileKind.TXT, "x.txt"),
        (files.email(), "x.eml", FileKind.EML, "x.eml"),
    ],
)
def test_a_file_is_what_is_in_it_whatever_it_is_called(data, name, kind, kept_name):
    prepared = prepare_upload(files.sent(data, name, "text/html"))
    assert (prepared.kind, prepared.name) == (kind, kept_name)
    assert prepared.size == len(prepared.data)
    assert len(prepared.sha256) == 64
    assert (prepared.thumbnail is not None) == (kind in IMAGES)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<html><script>alert(1)</script>", "x.html"),
        (b"<html><script>alert(1)</script>", "x.txt"),
        (b"\xef\xbb\xbf  <svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "x.txt"),
        ("<svg onload='alert(1)'/>".encode("utf-16"), "x.txt"),
        (b"hello <?php system($_GET['c']); ?>", "x.txt"),
        (b"#!/bin/sh\nrm -rf /", "x.txt"),
        (b"<svg onload='alert(1)'/>", "x.svg"),
        (b"<svg onload='alert(1)'/>", "x.jpg"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", "x.xhtml"),
        (b"AddType application/x-httpd-php .jpg", ".htaccess"),
        (b"GIF89a/*" + b"\x00" * 20 + b"*/=1;alert(1)", "x.js"),
        (files.moving("GIF"), "x.gif"),
        (files.moving("TIFF", 2), "x.tif"),
        (files.photo("BMP"), "x.bmp"),
        (b"push graphic-context\nviewbox 0 0 1 1\nimage over 0,0 0,0 'https://evil.example/x'", "x.mvg"),
        (b"junk %PDF-1.7", "x.pdf"),
        (b"MZ\x90\x00", "x.exe"),
        (b"\x00\x01binary", "x.txt"),
        (b"Subject: x\n\nno sender", "x.eml"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "x.heic"),
        (files.package({"a.txt": b"x"}), "x.zip"),
        (files.package({"mimetype": b"application/epub+zip"}), "x.odt"),
        (b"", "x.jpg"),
        (b"\xff\xd8\xff", "x.jpg"),
    ],
)
def test_everything_else_is_refused_with_its_name_in_the_sentence(data, name):
    words = refused(data, name)
    assert "“" in words
    assert "%" not in words
    assert not words.startswith("“”")


def test_a_document_is_refused_where_photos_are_asked_for():
    assert "Send photos as JPEG" in refused(files.pdf(), "x.pdf", kinds=IMAGES)
    assert "PNG tai WebP" in refused(files.docx(), "x.docx", kinds=IMAGES, language="fi")
    assert prepare_upload(files.sent(files.photo()), kinds=IMAGES).kind is FileKind.JPEG


def test_an_heic_photo_gets_its_own_advice():
    assert "HEIC" in refused(b"\x00\x00\x00\x18ftypheic", "x.heic", kinds=IMAGES)


def test_a_file_over_the_limit_is_refused_and_one_at_the_limit_is_not(settings):
    settings.ATTACHMENT_MAX_BYTES = 2_000_000
    assert "at most 2 megabytes" in refused(b"a" * 2_000_001, "x.txt")
    assert prepare_upload(files.sent(b"a" * 2_000_000, "x.txt")).size == 2_000_000


@pytest.mark.parametrize("data", [files.tell_tale_photo(), files.tell_tale_png(), files.moving("WEBP")])
def test_nothing_but_the_pixels_goes_further(data):
    prepared = prepare_upload(files.sent(data, "x.jpg"))
    for derivative in (prepared.data, prepared.thumbnail):
        assert b"Secret" not in derivative
        assert files.PLACE not in derivative
        assert not any(
            mark in derivative for mark in (b"Exif", b"xmpmeta", b"ICC_PROFILE", b"iCCP", b"tEXt", b"iTXt", b"http://ns.adobe", b"Photoshop", b"ANIM")
        )
        with Image.open(BytesIO(derivative)) as image:
            assert not image.getexif()
            assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(image.info)
            assert getattr(image, "n_frames", 1) == 1


def test_without_drawing_anew_the_position_would_have_gone_out():
    assert files.PLACE in files.tell_tale_photo()
    assert b"SecretXmp" in files.tell_tale_photo()
    assert b"SecretTail" in files.tell_tale_photo()


def test_a_photo_is_turned_upright_before_its_orientation_is_dropped():
    prepared = prepare_upload(files.sent(files.tell_tale_photo(size=(60, 40), orientation=6)))
    assert (prepared.width, prepared.height) == (40, 60)


def test_a_large_photo_becomes_2560_pixels_and_has_a_small_picture():
    prepared = prepare_upload(files.sent(files.photo(size=(6000, 3000))))
    assert (prepared.width, prepared.height) == (2560, 1280)
    with Image.open(BytesIO(prepared.thumbnail)) as small:
        assert small.size == (480, 240)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16", "CMYK", "YCbCr"])
def test_photos_of_every_colour_mode_are_taken(mode):
    ending = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    prepared = prepare_upload(files.sent(files.photo(ending, mode=mode, colour=None)))
    assert (prepared.width, prepared.height) == (60, 40)


def test_a_heavy_png_is_kept_lighter():
    noise = Image.effect_noise((1800, 1800), 90).convert("RGB")
    out = BytesIO()
    noise.save(out, "PNG")
    prepared = prepare_upload(files.sent(out.getvalue(), "x.png"))
    assert prepared.kind is FileKind.WEBP
    assert prepared.name == "x.webp"


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # kilobytes, the highest so far


def test_nine_hundred_million_pixels_are_refused_before_they_are_decoded():
    bomb = files.huge_png()
    assert len(bomb) < 50_000
    before, started = memory(), time.process_time()
    assert "too many pixels" in refused(bomb, "x.png")
    assert "too many pixels" in refused(files.huge_png(8000, 8000), "x.png")
    assert time.process_time() - started < 1
    assert memory() - before < 50_000


def test_the_limit_of_pixels_is_what_refuses(monkeypatch):
    data = files.photo(size=(300, 300))
    monkeypatch.setitem(images.MOST_PIXELS, FileKind.JPEG, 89_999)
    assert "too many pixels" in refused(data)
    monkeypatch.setitem(images.MOST_PIXELS, FileKind.JPEG, 90_000)
    assert prepare_upload(files.sent(data)).width == 300


@pytest.mark.parametrize("cut", [20, 200, 600])
def test_a_damaged_photo_is_refused(cut):
    assert "damaged" in refused(files.photo(size=(200, 200))[:cut], "x.jpg")


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]), st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12), st.binary(max_size=30)
)
def test_no_noise_in_a_photo_does_more_than_refuse_it(ending, changes, tail):
    data = bytearray(files.tell_tale_photo() if ending == "JPEG" else files.photo(ending))
    for place, value in changes:
        data[int(place * len(data))] = value
    try:
        prepared = prepare_upload(files.sent(bytes(data) + tail))
    except ValidationError:
        return
    assert prepared.kind in EVERY_KIND
    assert b"Secret" not in prepared.data


def linked():
    info = zipfile.ZipInfo("word/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w/>")
        archive.writestr(info, "/etc/passwd")
    return out.getvalue()


def lying_about_size():
    """A part that says it is small and unpacks to eighty times as much."""
    data = bytearray(files.docx(**{"word/big.xml": b"0" * 900_000}))
    size = (900_000).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (10_000).to_bytes(4, "little")
    return bytes(data)


def ten_gigabytes():
    """An index that promises ten gigabytes of zeros."""
    data = bytearray(files.docx(**{f"word/{n}.xml": b"0" * 4_000_000 for n in range(3)}))
    size = (4_000_000).to_bytes(4, "little")
    while (place := data.find(size)) >= 0:
        data[place : place + 4] = (0xFFFFFF00).to_bytes(4, "little")
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: files.docx(**{"../../etc/cron.d/x": b"x"}), "plain document"),
        (lambda: files.docx(**{"/etc/passwd": b"x"}), "plain document"),
        (lambda: files.docx(**{"c:\\windows\\x": b"x"}), "plain document"),
        (lambda: files.docx(**{"word/vbaProject.bin": b"x"}), "plain document"),
        (lambda: files.odt(**{"Basic/Standard/script-lb.xml": b"x"}), "plain document"),
        (lambda: files.docx(**{"word/embeddings/inner.zip": b"x"}), "plain document"),
        (linked, "plain document"),
        (lambda: files.docx(**{"word/x.xml": b"\x00" * 150_000_000}), "more than can be checked"),
        (ten_gigabytes, "more than can be checked"),
        (lying_about_size, "damaged"),
        (lambda: files.docx(**{f"p/{n}": b"" for n in range(2100)}), "more than can be checked"),
        (lambda: files.docx()[:-30], "damaged"),
        (lambda: b"PK\x03\x04" + b"\x00" * 100, "damaged"),
        (lambda: files.package({"[Content_Types].xml": b"macroEnabled", "word/document.xml": b"x"}), "plain document"),
    ],
)
def test_a_dangerous_document_is_refused_at_once(make, words):
    data = make()
    before, started = memory(), time.process_time()
    assert words in refused(data, "x.docx")
    assert time.process_time() - started < 1
    assert memory() - before < 50_000


def test_an_index_of_a_hundred_thousand_parts_is_not_even_read():
    data = files.package({str(n): b"" for n in range(100_000)})
    before, started = memory(), time.process_time()
    assert "more than can be checked" in refused(data, "x.docx") if len(data) <= 10_000_000 else "too large" in refused(data, "x.docx")
    assert time.process_time() - started < 0.5
    assert memory() - before < 50_000


def test_without_counting_a_bomb_would_pass(monkeypatch):
    bomb = files.docx(**{"word/x.xml": b"\x00" * 101_000_000})
    assert "more than can be checked" in refused(bomb, "x.docx")
    monkeypatch.setattr(packages, "MOST_UNPACKED", 10**9)
    assert prepare_upload(files.sent(bomb, "x.docx")).kind is FileKind.DOCX


@given(st.binary(max_size=300))
def test_no_bytes_whatever_do_more_than_be_refused(tail):
    for start in (b"", b"PK\x03\x04", b"%PDF-1.4", b"RIFF0000WEBP", b"\x89PNG\r\n\x1a\n"):
        for name in ("x.txt", "x.eml", "x"):
            try:
                prepare_upload(files.sent(start + tail, name))
            except ValidationError as error:
                assert str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("å ä ö\r\n".encode(), "å ä ö"),
        ("å ä ö".encode("cp1252"), "å ä ö"),
        ("å ä ö".encode("utf-16"), "å ä ö"),
        ("a\u202eb\x07".encode(), "ab"),
    ],
)
def test_a_text_is_kept_in_one_encoding_and_without_hidden_signs(data, kept):
    assert prepare_upload(files.sent(data, "x.txt")).data.decode() == kept


def locked():
    data = bytearray(files.docx())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + place] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: files.docx()[:-30], "damaged"),
        (lambda: files.docx(**{"word/x.xml": b"\x00" * 101_000_000}), "too_much"),
        (lambda: files.docx(**{"word/vbaProject.bin": b"x"}), "programs"),
        (lambda: files.package({"[Content_Types].xml": b"macroEnabled", "word/document.xml": b"x"}), "programs"),
        (locked, "locked"),
        (lambda: files.package({"a.txt": b"x"}), "file"),
    ],
)
def test_the_code_of_a_refusal_says_why_a_package_is_not_taken(make, code):
    with pytest.raises(ValidationError) as caught:
        packages.office_kind(make())
    assert caught.value.code == code
