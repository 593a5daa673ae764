"""The cellar plugs its own jobs and invariants in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialogi.commons import duties, follows, invariants, jobs, sealing, search, summaries
from dialogi.commons.attachments import holding, storing
from dialogi.commons.languages import LANGUAGE_NAMES
from dialogi.commons.registry import Job, registry
from dialogi.commons.search import registers  # noqa: F401 - plugs the register of words in
from dialogi.commons.watching import troubles
from dialogi.commons.wordings import WordingKind

DAY = 86_400

for job in (
    Job("commons.seal", 60, sealing.seal_ledger, sealing.is_wanted),
    Job("commons.remind", 3600, duties.remind),
    Job("commons.escalate", 900, duties.escalate, duties.is_any_late),
    Job("commons.summaries", 300, summaries.make_summaries, summaries.is_due),
    Job("commons.forget_unconfirmed", DAY, follows.forget_unconfirmed),
    Job("commons.forget_sent", DAY, summaries.forget_sent),
    Job("commons.forget_done_tasks", DAY, jobs.forget_done),
    Job("commons.scan_waiting", 60, storing.scan_waiting, storing.is_any_waiting),
    Job("commons.discard_held", 3600, holding.discard_expired),
    Job("commons.sweep_orphans", DAY, storing.sweep_orphans),
    Job("commons.gram_weights", DAY, search.refresh_weights),
    # Without a question whether it is wanted: that it runs is the sign that a worker lives.
    Job("commons.look_after", 300, troubles.look_after),
    Job("commons.measure_tables", DAY, jobs.measure_tables),
):
    registry.jobs[job.name] = job

registry.invariants.update(
    {
        "commons.attachments": storing.lost_files,
        "commons.counters": invariants.counters_are_counts,
        "commons.outbox": invariants.entries_have_outbox_rows,
        "commons.guards": invariants.guards_are_installed,
        "commons.ledger": invariants.ledger_is_whole,
        "commons.versions": invariants.versions_follow_each_other,
        "commons.duties": invariants.duties_are_open_once,
        "commons.languages": invariants.public_nouns_have_both_languages,
        "commons.wordings": invariants.wordings_are_those_of_the_texts,
    }
)

registry.add_kinds(WordingKind)
registry.data_words["text_language"] = lambda language: str(LANGUAGE_NAMES.get(language, language))
registry.wording_labels |= {"name": _("Name"), "title": pgettext_lazy("of a page", "Title"), "summary": _("Summary")}
registry.wording_labels |= {"description": _("Description"), "text": _("Text")}
