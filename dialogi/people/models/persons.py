"""Who there is: Person, how somebody is reached (Contact), what they agreed to (Consent)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock
from dialogi.commons.encryption import EncryptedTextField
from dialogi.commons.languages import InLanguage, line
from dialogi.commons.models import Noun
from dialogi.people.models.nouns import NounQuerySet

LANGUAGE_CHOICES = [("sv", _("Swedish")), ("fi", _("Finnish")), ("en", _("English"))]


class Person(Noun):
    """A resident with an account, an elected official, or a member of staff. A person without an account cannot sign in."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")
    name = models.CharField(_("name"), max_length=150, blank=True, default="")
    title_sv, title_fi, title_en = line(), line(), line()
    title = InLanguage("title")
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGE_CHOICES, default="sv")
    digest = models.CharField(
        _("how often"), max_length=10, default="at_once", choices=[("at_once", _("At once")), ("daily", _("Once a day")), ("never", _("Never by e-mail"))]
    )
    created_at = models.DateTimeField(default=clock.now, editable=False)
    idle_told_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="when told that the unused account will be erased")

    objects: ClassVar[NounQuerySet] = NounQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(language__in=["sv", "fi", "en"]), name="person_language_known")]

    def __str__(self) -> str:
        return self.name or str(self.title) or f"person {self.pk}"


class Contact(models.Model):
    """How somebody can be reached about one voice, with or without an account. Encrypted; never shown to the public."""

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="contacts")
    name = EncryptedTextField(blank=True, default="")
    email = EncryptedTextField(blank=True, default="")
    phone = EncryptedTextField(blank=True, default="")
    postal_address = EncryptedTextField(blank=True, default="")
    email_index = models.CharField(max_length=64, blank=True, default="", db_index=True)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="sv")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"contact {self.pk}"

    @property
    def is_reachable(self) -> bool:
        """Somebody can be told something."""
        return bool(self.email or self.phone or self.postal_address or self.person_id)


class Consent(models.Model):
    """Somebody agreed to something: to which wording, when, given to whom; can be withdrawn."""

    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="consents")
    what = models.CharField(max_length=60)
    wording = models.TextField()
    given_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.what} {self.given_at:%Y-%m-%d}"
