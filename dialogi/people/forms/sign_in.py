"""The library's sign-in forms in our words."""

from typing import Any

from allauth.account.forms import AddEmailForm, ConfirmEmailVerificationCodeForm, ConfirmLoginCodeForm, RequestLoginCodeForm, SignupForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from dialogi.commons.permissions import type_of_words


def _say(field: forms.Field, label: type_of_words, hint: type_of_words = "", **attributes: str) -> None:
    field.label, field.help_text = label, hint  # type: ignore[assignment]
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)


class _Email:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["email"], _("E-mail address"), autocomplete="email", inputmode="email", spellcheck="false")  # type: ignore[attr-defined]


class _Code:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["code"], _("Code"), autocapitalize="characters", spellcheck="false")  # type: ignore[attr-defined]


class RequestCode(_Email, RequestLoginCodeForm):
    """Where to send the code."""


class Signup(_Email, SignupForm):
    """The address of a new account."""


class ChangeEmail(_Email, AddEmailForm):
    """A new address for the account."""


class ConfirmCode(_Code, ConfirmLoginCodeForm):
    """The code from the e-mail."""


class ConfirmEmail(_Code, ConfirmEmailVerificationCodeForm):
    """The code that confirms an address."""


class SecondFactor(_Code, AuthenticateForm):
    """The code of the authenticator app, or a recovery code."""


class SecondFactorAgain(_Code, ReauthenticateForm):
    """The same, asked again before something delicate."""


class ActivateApp(_Code, ActivateTOTPForm):
    """The first code of a new authenticator app."""


class AddPasskey(AddWebAuthnForm):
    """A name for the passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Name of the passkey"), _("So that you recognise it later, such as “my phone”."))
        _say(self.fields["passwordless"], _("I want to sign in with this alone"), _("The device then asks for your fingerprint, face or PIN."))
        self.fields["passwordless"].initial = True


class RenamePasskey(EditWebAuthnForm):
    """Another name for the passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self.fields["name"], _("Name of the passkey"))
