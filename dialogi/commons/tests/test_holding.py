"""A form that comes back with errors has lost no photo; and only the form that sent a photo can have it."""

from datetime import timedelta

import pytest
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS
from dialogi.commons.attachments import FilesField, PhotosField, attach, held, hold, prepare_upload, read, release, token
from dialogi.commons.attachments.holding import discard_expired, look_address
from dialogi.commons.models import Attachment, HeldUpload, Subject
from dialogi.commons.permissions import NotPossible
from dialogi.commons.tests import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


class SpeakingForm(forms.Form):
    words = forms.CharField()
    photos = PhotosField(required=False)


class LetterForm(forms.Form):
    original = FilesField(limit=1)


def send(form, *photos, kept=(), remove=(), shows=(), **data):
    name = next(iter(form.base_fields.keys() - {"words"}))
    held_fields = {f"{name}_held": list(kept), f"{name}_remove": list(remove), f"{name}_description": list(shows)}
    fields = MultiValueDict({**held_fields, **{key: [value] for key, value in data.items()}})
    return form(fields, MultiValueDict({name: list(photos)}))


def jpeg(colour="red", name="bild.jpg"):
    return files.sent(files.photo(colour=colour), name)


def tokens_in(form):
    return [token(upload) for upload in form.fields["photos"].widget.kept]


def on_disk(storage):
    return [path for path in storage.rglob("*") if path.is_file()]


def page():
    return Subject.objects.create(kind="test.page", code="X", address="/x/")


def test_a_form_with_an_error_elsewhere_keeps_every_photo_and_its_words(client):
    form = send(SpeakingForm, jpeg("red"), jpeg("blue", "andra.png"))
    assert form.errors.keys() == {"words"}
    html = str(form["photos"])
    assert html.count('name="photos_held"') == 2
    assert "andra.jpg" in html
    picture = form.fields["photos"].widget.kept[0]
    response = client.get(look_address(picture))
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    again = send(SpeakingForm, jpeg("green"), kept=tokens_in(form), words="Hej")
    assert again.is_valid(), again.errors
    attached = [attach(upload, owner=page_, by=ANONYMOUS) for page_ in [page()] for upload in again.cleaned_data["photos"]]
    assert len(attached) == 3
    assert not HeldUpload.objects.exists()
    assert all(read(photo) and read(photo, "thumbnail") for photo in attached)


def test_a_removed_photo_is_gone_and_the_others_stay(storage):
    form = send(SpeakingForm, jpeg("red"), jpeg("blue"))
    form.is_valid()
    first, second = tokens_in(form)
    again = send(SpeakingForm, kept=[first, second], remove=[first], words="Hej")
    assert again.is_valid()
    assert [token(upload).split(":")[0] for upload in again.cleaned_data["photos"]] == [second.split(":")[0]]
    assert len(on_disk(storage)) == 2


def test_what_a_photo_shows_stays_with_it_until_it_is_sent_and_after():
    form = send(SpeakingForm, jpeg("red"), jpeg("blue"))
    form.is_valid()
    said = ["En   gatlampa\x00 som är släckt", "x" * 400]
    again = send(SpeakingForm, kept=tokens_in(form), shows=said)
    assert "En gatlampa som är släckt" in str(again["photos"])
    uneven = send(SpeakingForm, kept=tokens_in(form), shows=["bara en"], words="Hej")
    assert uneven.is_valid()
    attached = [attach(upload, owner=owner, by=ANONYMOUS, language="sv") for owner in [page()] for upload in uneven.cleaned_data["photos"]]
    assert [photo.description for photo in attached] == ["En gatlampa som är släckt", "x" * 300]


def test_one_unfit_file_does_not_cost_the_fit_ones():
    form = send(SpeakingForm, jpeg("red"), files.sent(b"<svg/>", "x.svg"), files.sent(b"", "tom.jpg"), words="Hej")
    with override("en"):
        assert len(form.errors["photos"]) == 2
    assert "x.svg" in str(form.errors)
    assert len(tokens_in(form)) == 1


def test_the_same_photo_chosen_again_is_the_same_photo():
    form = send(SpeakingForm, jpeg("red"), jpeg("red"))
    form.is_valid()
    again = send(SpeakingForm, jpeg("red"), kept=tokens_in(form), words="Hej")
    assert again.is_valid()
    assert len(again.cleaned_data["photos"]) == 1


def test_at_most_five_photos_and_the_first_five_are_kept():
    form = send(SpeakingForm, *[jpeg((n * 20, 0, 0)) for n in range(7)], words="Hej")
    with override("en"):
        assert form.errors["photos"] == ["You can send at most 5 files. Remove the others."]
    assert len(tokens_in(form)) == 5
    assert send(SpeakingForm, kept=tokens_in(form), words="Hej").is_valid()


def test_the_files_together_have_a_limit(monkeypatch):
    class SmallForm(SpeakingForm):
        photos = PhotosField(required=False, max_bytes=1000)

    form = send(SmallForm, jpeg("red"), jpeg("blue"), words="Hej")
    assert not form.is_valid()
    assert len(tokens_in(form)) == 1


def test_a_form_without_photos_is_right_where_none_are_needed():
    assert send(SpeakingForm, words="Hej").is_valid()
    assert SpeakingForm({"words": "Hej"}).is_valid()
    assert "required" not in str(LetterForm()["original"])


def test_a_document_that_is_needed_must_come_once():
    assert "original" in send(LetterForm).errors
    form = send(LetterForm, files.sent(files.pdf(), "brev.pdf"))
    assert form.is_valid()
    assert send(LetterForm, kept=[token(form.cleaned_data["original"][0])]).is_valid()


@pytest.mark.parametrize(
    "forge",
    [
        lambda real: "",
        lambda real: real[:-1] + ("A" if real[-1] != "A" else "B"),
        lambda real: HeldUpload.objects.get().storage_name,
        lambda real: signing.dumps(HeldUpload.objects.get().storage_name),
        lambda real: signing.dumps(["x"], salt="commons.held"),
        lambda real: look_address(HeldUpload.objects.get()).rpartition("/")[2],
        lambda real: "x" * 10_000,
        lambda real: "\x00\ud800",
    ],
)
def test_a_forged_token_opens_nothing(forge):
    [upload] = hold([prepare_upload(jpeg())])
    real = token(upload)
    assert held([forge(real)]) == []
    assert release([forge(real)]) == 0
    assert held([real]) == [upload]


def test_the_address_of_the_small_picture_opens_only_the_small_picture(client):
    [upload] = hold([prepare_upload(jpeg())])
    assert client.get(look_address(upload)).status_code == 200
    assert client.get(f"/files/held/{token(upload)}").status_code == 404
    assert client.get(f"/files/{upload.storage_name}/original").status_code == 404


def test_after_a_day_it_is_gone(storage, client):
    [upload] = hold([prepare_upload(jpeg())])
    [fresh] = hold([prepare_upload(jpeg("blue"))])
    HeldUpload.objects.filter(pk=upload.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    assert held([token(upload)]) == []
    assert client.get(look_address(upload)).status_code == 404
    assert discard_expired() == 1
    assert discard_expired() == 0
    assert held([token(fresh)]) == [fresh]
    assert len(on_disk(storage)) == 2


def test_a_form_sent_twice_attaches_its_photos_once():
    uploads = hold([prepare_upload(jpeg())])
    subject = page()
    attach(uploads[0], owner=subject, by=ANONYMOUS)
    with pytest.raises(NotPossible):
        attach(uploads[0], owner=subject, by=ANONYMOUS)
    assert Attachment.objects.count() == 1
    assert discard_expired() == 0


def test_a_photo_that_became_an_attachment_cannot_be_let_go_through_its_old_token(storage):
    [upload] = hold([prepare_upload(jpeg())])
    photo = attach(upload, owner=page(), by=ANONYMOUS)
    assert release([token(upload)]) == 0
    assert read(photo)


def test_nobody_can_fill_the_disk_with_forms_never_sent(settings):
    settings.HELD_MAX_BYTES = 2000
    hold([prepare_upload(jpeg())])
    with pytest.raises(ValidationError):
        hold([prepare_upload(files.sent(files.photo(size=(2000, 2000))))])
    form = send(SpeakingForm, files.sent(files.photo(size=(2000, 2000))), words="Hej")
    assert "photos" in form.errors


def test_a_name_with_markup_is_shown_as_text():
    form = send(SpeakingForm, SimpleUploadedFile('"><img src=x onerror=alert(1)>.jpg', files.photo()))
    form.is_valid()
    assert "<img src=x" not in str(form["photos"])
