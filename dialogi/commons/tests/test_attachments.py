"""Attachments: kept with their Subject, seen by those who see it or by fewer, and harmless in any browser."""

import secrets
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import signing
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from PIL import Image

from dialogi.commons import clock
from dialogi.commons.actors import ANONYMOUS, Actor, ActorKind, Grant, machine
from dialogi.commons.attachments import attach, open_address, prepare_upload, read, remove
from dialogi.commons.attachments.storing import lost_files, path_of, sweep_orphans
from dialogi.commons.models import Account, Attachment, Audience, Subject
from dialogi.commons.models.attachments import Role, ScanState
from dialogi.commons.registry import registry
from dialogi.commons.tests import files

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def subject(audience=Audience.PUBLIC, **facts):
    code = secrets.token_hex(5)
    return Subject.objects.create(kind="test.page", code=code, address=f"/test/{code}/", audience=audience, **facts)


def actor(account_id=999_999, *, audiences=("public",), case_roles=(), units=None):
    grants = tuple(Grant(role, frozenset(units) if units is not None else None) for role in case_roles)
    return Actor(kind=ActorKind.PERSON, account_id=account_id, audiences=frozenset(audiences), case_roles=frozenset(case_roles), grants=grants)


def photo_of(owner, **options):
    return attach(prepare_upload(files.sent(files.tell_tale_photo(), "Anna Svensson.jpg")), owner=owner, by=ANONYMOUS, role=Role.PHOTO, **options)


@pytest.fixture
def act_as(monkeypatch, client, settings):
    def be(somebody):
        monkeypatch.setattr(registry, "actor_source", lambda request: somebody)
        if not somebody.is_anonymous:
            client.cookies[settings.SESSION_COOKIE_NAME] = "signed-in"

    be(ANONYMOUS)
    return be


@pytest.mark.usefixtures("act_as")
def test_a_public_photo_is_shown_to_everybody_and_says_how_it_may_be_used(client):
    photo = photo_of(subject())
    for address in (photo.get_absolute_url(), photo.get_thumbnail_url()):
        response = client.get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "image/jpeg"
        assert response["Content-Disposition"] == 'inline; filename="Anna Svensson.jpg"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Content-Security-Policy"].startswith("sandbox;")
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response["Cache-Control"] == "public, max-age=30"
        assert "Cookie" not in response.get("Vary", "")
        assert b"Secret" not in response.content
        assert files.PLACE not in response.content
        assert client.get(address, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.usefixtures("act_as")
def test_a_document_is_never_opened_in_the_browser(client):
    document = attach(prepare_upload(files.sent(files.pdf(), 'a"\r\nX: y;ö.pdf')), owner=subject(), by=ANONYMOUS)
    response = client.get(document.get_absolute_url())
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "\n" not in response["Content-Disposition"]
    assert response["Content-Type"] == "application/pdf"
    assert document.get_thumbnail_url() == document.get_absolute_url()


@pytest.mark.parametrize("audience", [Audience.OFFICIALS, Audience.STAFF, Audience.REVIEW, Audience.UNIT, Audience.NOBODY])
def test_a_file_is_hidden_where_its_subject_is(client, act_as, audience):
    photo = photo_of(subject(audience))
    hidden = client.get(photo.get_absolute_url())
    missing = client.get("/files/AAAAAAAAAAAAAAAAAAAAAA/original")
    assert hidden.status_code == missing.status_code == 404
    assert len(hidden.content) == len(missing.content)
    act_as(machine("archive"))
    shown = client.get(photo.get_absolute_url())
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "private, no-store"


@pytest.mark.usefixtures("act_as")
def test_hiding_the_subject_hides_the_file_at_once(client):
    page = subject()
    photo = photo_of(page)
    assert client.get(photo.get_absolute_url()).status_code == 200
    Subject.objects.filter(pk=page.pk).update(audience=Audience.STAFF)
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_the_scanned_original_of_a_public_page_is_for_the_unit_and_the_author_alone(client, act_as):
    unit = subject()
    author, stranger = (Account.objects.create(email=f"{name}@example.org") for name in ("author", "stranger"))
    original = photo_of(subject(unit=unit, owner=author), audience=Audience.UNIT)
    handler = actor(audiences=("public", "staff"), case_roles=("handler",), units=[unit.pk])
    head = actor(audiences=("public", "staff"), case_roles=("head",))
    elsewhere = actor(audiences=("public", "staff"), case_roles=("handler",), units=[unit.pk + 999])
    may_see = [handler, head, actor(author.pk), machine("archive")]
    may_not = [ANONYMOUS, elsewhere, actor(stranger.pk), actor(audiences=("public", "staff"))]
    for somebody in [*may_see, *may_not]:
        client.cookies.clear()
        act_as(somebody)
        assert client.get(original.get_absolute_url()).status_code == (200 if somebody in may_see else 404)
        assert Attachment.objects.visible_to(somebody).count() == (1 if somebody in may_see else 0)


def test_an_audience_of_its_own_never_opens_a_hidden_subject():
    photo_of(subject(Audience.STAFF), audience=Audience.PUBLIC)
    assert not Attachment.objects.visible_to(ANONYMOUS).exists()
    assert Attachment.objects.visible_to(actor(audiences=("public", "staff"))).exists()


@pytest.mark.usefixtures("act_as")
def test_the_page_behind_a_receipt_code_can_open_a_file_for_an_hour(client):
    page = subject(Audience.UNIT)
    photo, other, letter = photo_of(page), photo_of(page), photo_of(page, audience=Audience.STAFF)
    address = open_address(photo)
    response = client.get(address)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert client.get(open_address(photo, "thumbnail")).status_code == 200
    key = address.partition("=")[2]
    assert client.get(other.get_absolute_url() + "?key=" + key).status_code == 404
    assert client.get(photo.get_absolute_url() + "?key=" + key[:-1]).status_code == 404
    assert client.get(photo.get_absolute_url() + "?key=" + signing.dumps(photo.storage_name)).status_code == 404
    assert client.get(open_address(letter)).status_code == 404
    Subject.objects.filter(pk=page.pk).update(audience=Audience.NOBODY)
    assert client.get(address).status_code == 404


@pytest.mark.usefixtures("act_as")
@pytest.mark.parametrize("variant", ["", "x", "Original", "thumb", "../original", "original/"])
def test_only_the_two_variants_exist(client, variant):
    assert client.get(f"/files/{photo_of(subject()).storage_name}/{variant}").status_code == 404


@pytest.mark.usefixtures("act_as")
def test_files_are_only_read(client):
    assert client.post(photo_of(subject()).get_absolute_url()).status_code == 405


@pytest.mark.usefixtures("act_as")
@pytest.mark.parametrize("state", [ScanState.WAITING, ScanState.INFECTED])
def test_what_is_in_quarantine_is_shown_to_nobody(client, act_as, state):
    photo = photo_of(subject())
    Attachment.objects.update(scan=state)
    assert client.get(photo.get_absolute_url()).status_code == 404
    assert client.get(open_address(photo)).status_code == 404
    act_as(actor(audiences=("public", "staff"), case_roles=("head",)))
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_names_in_the_storage_cannot_be_guessed_and_say_nothing(storage):
    photos = [photo_of(subject()) for _time in range(3)]
    assert len({photo.storage_name for photo in photos}) == 3
    assert all(len(photo.storage_name) >= 22 for photo in photos)
    assert not [path for path in storage.rglob("*") if "Anna" in path.name or path.suffix in {".jpg", ".php"}]


def test_every_derivative_in_the_storage_is_free_of_position_and_camera(storage):
    photo_of(subject())
    kept = [path for path in storage.rglob("*") if path.is_file()]
    assert len(kept) == 2
    for path in kept:
        assert b"Secret" not in path.read_bytes()
        with Image.open(BytesIO(path.read_bytes())) as image:
            assert not image.getexif()


def test_the_row_says_what_was_kept():
    photo = photo_of(subject(), description="En grop", language="sv")
    assert (photo.content_type, photo.width, photo.height, photo.role) == ("image/jpeg", 40, 60, "photo")
    assert photo.size == len(read(photo))
    assert photo.description == "En grop"
    assert list(lost_files()) == []
    default_storage.delete(path_of(photo.storage_name, "original"))
    assert len(list(lost_files())) == 1


@pytest.mark.parametrize("field", [{"role": "x"}, {"audience": "x"}, {"scan": "x"}])
def test_the_database_refuses_unknown_words(field):
    photo = photo_of(subject())
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=photo.pk).update(**field)


def test_removing_takes_the_files_when_the_transaction_is_done(storage, django_capture_on_commit_callbacks):
    photo = photo_of(subject())
    with django_capture_on_commit_callbacks(execute=True):
        remove(photo)
        assert any(path.is_file() for path in storage.rglob("*"))
    assert not any(path.is_file() for path in storage.rglob("*"))


def test_files_of_a_transaction_that_never_was_are_swept_later(storage):
    kept = photo_of(subject())
    with transaction.atomic():
        photo_of(subject())
        transaction.set_rollback(True)
    assert len([path for path in storage.rglob("*") if path.is_file()]) == 4
    assert sweep_orphans() == 0
    with clock.at(clock.now() + timedelta(days=3)):
        assert sweep_orphans() == 2
        assert sweep_orphans() == 0
    assert read(kept)
    assert list(lost_files()) == []
