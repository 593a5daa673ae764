"""What may not be public stays a bare mention (Local Government Act 410/2015, section 140)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogi.commons.languages import InLanguage, Words, has_both, in_language, line
from dialogi.commons.models import Noun


class Mentionable(Noun):
    """Parent of nouns that may be secret: the public then reads what stands in `mention`, and which law keeps the rest from it."""

    is_public = models.BooleanField(_("everybody may read it"), default=True)
    mention_sv, mention_fi, mention_en = line(), line(), line()
    mention = InLanguage("mention")
    secrecy = models.CharField(_("section of law that makes it secret"), max_length=200, blank=True, default="")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(is_public=True) | has_both("mention"),
                name="%(class)s_secret_has_mention",
                violation_error_message=_("Say in Swedish and in Finnish what the public may read instead of the title."),
            ),
            models.CheckConstraint(
                condition=Q(is_public=True) | ~Q(secrecy=""),
                name="%(class)s_secret_by_law",
                violation_error_message=_("Name the section of law that makes it secret."),
            ),
        ]

    @property
    def public_title(self) -> Words:
        """What everybody may call it."""
        return self.public_words("title")

    def public_words(self, name: str, language: str | None = None) -> Words:
        """Read a field as everybody may: of what is secret the mention in place of the title, and nothing else."""
        if self.is_public:
            return in_language(self, name, language)
        return in_language(self, "mention", language) if name == "title" else Words("", language or "sv")
