"""The account: what signs in. It has no name; a person points to it."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from dialogi.commons import clock


class AccountQuerySet(BaseUserManager["Account"]):
    """Making accounts; everything else is asked of the plain QuerySet."""

    def create_account(self, email: str) -> "Account":
        """Make an account without a password; the e-mail address is kept in lower case."""
        account = self.model(email=email.strip().casefold())
        account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser):
    """What signs in: an e-mail address and the library's keys. Rights come from the actor, never from here."""

    email = models.EmailField(
        _("e-mail address"), max_length=254, unique=True, error_messages={"unique": _("There is already an account with this e-mail address.")}
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[AccountQuerySet] = AccountQuerySet()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(email=""), name="account_has_email")]

    def __str__(self) -> str:
        return f"account {self.pk}"

    @property
    def is_staff(self) -> bool:
        """Libraries ask; the product's own rights never do."""
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Django's own permissions are not used."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """Django's own permissions are not used."""
        return False
