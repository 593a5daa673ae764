"""How people sign in: by a code in an e-mail, by a passkey, staff through the municipality's OpenID Connect; never by password."""

import logging
import smtplib
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogi.commons.encryption import decrypt, encrypt
from dialogi.commons.languages import current_language
from dialogi.commons.models import Account
from dialogi.commons.registry import registry
from dialogi.people.actions import ensure_person
from dialogi.people.queries import actor_for, has_second_factor, holds_role, language_of

log = logging.getLogger(__name__)
FRESH = 15 * 60  # seconds within which a sign-in counts as just done


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail code and passkey; mails go out in the receiver's language."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "incorrect_code": _("The code is not right, or it is too old. Check it, or ask for a new one."),
        "too_many_login_attempts": _("Too many attempts. Wait a few minutes and try again."),
        "rate_limited": _("Too many attempts. Wait a few minutes and try again."),
        "same_as_current": _("This is the address you already have."),
        "email_taken": _("This address cannot be used. Choose another one."),
    }

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign in under a new session id, and see that the account has its person."""
        super().login(request, user)
        ensure_person(user, by=actor_for(user), language=current_language())

    def get_login_stages(self) -> list[str]:
        """Ask for the second factor by our own rule."""
        own = f"{SecondFactorStage.__module__}.{SecondFactorStage.__qualname__}"
        return [own if stage.endswith(".AuthenticateStage") else stage for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead staff to their desk, or first to the second factor; everybody else to their own page."""
        account = account_of(request)
        if not holds_role(account):
            return reverse("people:me")
        if not has_second_factor(request):
            return reverse("people:second_factor")
        actor = actor_for(account)
        desks = sorted((item for item in registry.nav if item.place == "desk" and (item.when is None or item.when(actor))), key=lambda item: item.order)
        return f"/{current_language()}{desks[0].address}" if desks else reverse("people:me")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Lead a new account to its own page."""
        return reverse("people:me")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the front page in the same language."""
        return f"/{current_language()}/"

    def format_email_subject(self, subject: str) -> str:
        """Subjects say what they are about, without a prefix."""
        return subject

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send at once, in the receiver's language: a code is of no use in an hour. A mail server that is down is said on the page."""
        with translation.override(language_of(email) or current_language()):
            message = self.render_mail(template_prefix, email, {"email": email, "request": allauth_context.request, **context})
        try:
            message.send()
        except (OSError, smtplib.SMTPException):
            log.exception("a sign-in mail could not be sent")
            reason = gettext("We cannot send e-mail just now, so your code did not leave. Try again in a few minutes.")
            raise ImmediateHttpResponse(render(allauth_context.request, "503.html", {"reason": reason}, status=503)) from None


class SecondFactorStage(AuthenticateStage):
    """Asks staff for their second factor. A resident's passkey is another way in, not a second lock on the first one."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        account = self.login.user
        return holds_role(account) or Authenticator.objects.filter(user_id=account.pk, type=Authenticator.Type.TOTP).exists()


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets lie encrypted."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or it is too old. Check it, or ask for a new one."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of an authenticator app and the seed of recovery codes."""
        return encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` closed."""
        return decrypt(encrypted_text)

    def generate_authenticator_name(self, user: Account, type: str) -> str:
        """Suggest a name that its owner recognises."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return f"Dialogi, {settings.MUNICIPALITY[f'name_{current_language()}']}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the municipality's own identity service, for staff."""

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        """Tie a staff identity to an existing account by its address only when the installation trusts the provider with that."""
        return bool(settings.OIDC_IS_TRUSTED)

    def authenticate_by_email(self, sociallogin: SocialLogin) -> tuple[Account, str] | None:
        """Take the trusted provider's confirmation of the address for our own."""
        found: tuple[Account, str] | None = super().authenticate_by_email(sociallogin)
        if found:
            EmailAddress.objects.filter(user_id=found[0].pk, email__iexact=found[1]).update(verified=True)
        return found


def account_of(request: HttpRequest) -> Account:
    """Return the account of a request that a permission has let through."""
    return cast(Account, request.user)


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether the person signed in within the last quarter of an hour, so that delicate things may be done."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - max(record.get("at", 0) for record in records) < FRESH


def second_factors(account: Account) -> set[int]:
    """Return the ids of the account's passkeys and authenticator apps."""
    types = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return set(Authenticator.objects.filter(user_id=account.pk, type__in=types).values_list("pk", flat=True))


__all__ = ["AccountAdapter", "MFAAdapter", "SecondFactorStage", "SocialAccountAdapter", "account_of", "is_fresh", "second_factors"]
