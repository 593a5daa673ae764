"""./manage encrypt_again: encrypt everything with the newest personal key, so that older ones may go."""

from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from dialogi.commons.encryption import EncryptedTextField, decrypt, encrypt

BATCH = 200
# Where the sign-in library keeps what we encrypt for it.
SECRETS = ("secret", "seed")


class Command(BaseCommand):
    """Row by row, while the doors are open."""

    help = "Encrypt contact details, messages, second factors and the like again with the first of DIALOGI_PERSONAL_KEYS. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the command; ends with 1 when a row is opened by none of the keys."""
        shut = 0
        for model in apps.get_models():
            names = [field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
            if names:
                shut += self._told(model, lambda pk, model=model, names=names: _again(model, names, pk))
        shut += self._told(Authenticator, _factor_again)
        if shut:
            raise CommandError(f"{shut} rows are opened by none of the keys and were left as they are. Keep the old keys, or give those that are missing.")

    def _told(self, model: type[models.Model], again: Any) -> int:
        """Go through a table in short transactions; return how many rows no key opens."""
        numbers = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        shut = 0
        for start in range(0, len(numbers), BATCH):
            with transaction.atomic():
                for pk in numbers[start : start + BATCH]:
                    try:
                        again(pk)
                    except InvalidToken:
                        shut += 1
        self.stdout.write(f"{model._meta.label}: {len(numbers) - shut} rows")
        return shut


def _again(model: type[models.Model], names: list[str], pk: Any) -> None:
    values = model._base_manager.select_for_update().filter(pk=pk).values(*names).first()
    if values and any(values.values()):
        model._base_manager.filter(pk=pk).update(**values)


def _factor_again(pk: int) -> None:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if factor and (found := {name: factor.data[name] for name in SECRETS if factor.data.get(name)}):
        factor.data |= {name: encrypt(decrypt(value)) for name, value in found.items()}
        factor.save(update_fields=["data"])
