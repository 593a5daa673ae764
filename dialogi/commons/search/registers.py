"""The register of words that mean the same."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dialogi.commons.models import Synonym
from dialogi.commons.permissions import SIGN_IN_FIRST, Permission, when
from dialogi.commons.register import Column, Facet, Register, add_register
from dialogi.commons.search.actions import KEEP_SYNONYMS, add_synonym, change_synonym, remove_synonym
from dialogi.commons.search.forms import SynonymForm

SEE = Permission("commons.see_synonyms", lambda actor, obj: when(actor.is_staff, SIGN_IN_FIRST))

add_register(
    Register(
        slug="synonyms",
        label=_("Words that mean the same"),
        add_label=_("Add a word"),
        intro=_("The search finds a text also by other words for the same thing. A change works at once for what is searched for."),
        order=95,
        rows=lambda actor: Synonym.objects.all(),
        see=SEE,
        change=KEEP_SYNONYMS,
        columns=(
            Column("word", _("Word"), lambda row: row.word, sort=("word",)),
            Column("language", _("Language"), lambda row: dict(settings.LANGUAGES).get(row.language, row.language), sort=("language", "word")),
            Column("same_as", _("Means the same as"), lambda row: row.same_as, sort=("same_as", "language", "word")),
        ),
        search=("word", "same_as"),
        facets=(
            Facet("language", _("Language"), choices=lambda actor: settings.LANGUAGES, apply=lambda rows, value: rows.filter(language=value)),
        ),
        form=SynonymForm,
        create=add_synonym,
        edit=change_synonym,
        close=remove_synonym,
        close_label=_("Remove the word"),
        initial=lambda row: {"language": row.language, "word": row.word, "same_as": row.same_as},
        key="pk",
    )
)
