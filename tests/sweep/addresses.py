"""Every address that the house answers, filled with samples. One that cannot be filled fails the sweep, so that none is forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from tests.sweep.samples import Samples

# What fills `<key>` and its like: by the address's name, or the part of it before a dot in this list.
SORTS: dict[str, str] = {
    **dict.fromkeys(("voices:voice", "voices:support", "voices:case", "voices:take", "voices:reply", "voices:assign", "voices:note"), "voice"),
    **dict.fromkeys(("voices:reclassify", "voices:translate", "voices:gather"), "voice"),
    **dict.fromkeys(("voices:check", "voices:publish", "voices:mask", "voices:refuse", "voices:withdraw"), "voice"),
    **dict.fromkeys(("voices:agree", "voices:decide_appeal", "voices:register_case", "voices:record_json", "voices:record_pdf", "voices:called"), "voice"),
    "consultations:consultation": "consultation",
    **{f"consultations:{name}": "consultation" for name in ("overview", "words", "new_phase", "new_annex", "preview_link", "publish", "cancel")},
    **{f"consultations:{name}": "consultation" for name in ("result", "copy", "decided", "points", "gather", "answer_consultation")},
    **{f"consultations:{name}": "consultation" for name in ("public_points", "public_points_pdf", "public_points_docx", "comment_places", "comment_map")},
    **dict.fromkeys(("consultations:point", "consultations:arrange_point"), "point"),
    "consultations:late_comment": "comment",
    **dict.fromkeys(("consultations:draft", "consultations:compare", "consultations:new_version", "consultations:new_alternative"), "hearing"),
    **dict.fromkeys(("consultations:version", "consultations:publish_version"), "version"),
    "consultations:edit_paragraph": "paragraph",
    "consultations:export": "export",
    "consultations:take_out": "consultation",
    **dict.fromkeys(("consultations:edit_phase", "consultations:remove_phase", "consultations:extend", "consultations:comment"), "phase"),
    **{f"consultations:{name}": "survey" for name in ("answer", "results", "record_answer", "new_question", "codes")},
    **{f"consultations:{name}": "opinion map" for name in ("vote", "statements", "propose", "proposed", "leave", "about_me", "opinion_results")},
    **dict.fromkeys(("consultations:new_statement", "consultations:record_votes"), "opinion map"),
    **{f"consultations:{name}_statement": "opinion" for name in ("edit", "remove", "check", "refuse")},
    "consultations:point_of_statement": "opinion",
    **dict.fromkeys(("consultations:edit_question", "consultations:arrange_question"), "question"),
    "consultations:decide_late": "response",
    **dict.fromkeys(("consultations:response", "consultations:change_response", "consultations:take_back"), "response code"),
    "consultations:invite": "statement round",
    **{f"consultations:{name}": "invitation" for name in ("invitation", "edit_invitation", "withdraw_invitation", "decide_extension", "record_statement")},
    "consultations:statement": "invitation",
    **{f"consultations:{name}": "invitation code" for name in ("invited", "state", "more_time", "decline")},
    "consultations:record_comment": "phase",
    "consultations:comments": "consultation",
    **dict.fromkeys(("consultations:edit_annex", "consultations:remove_annex"), "annex"),
    **dict.fromkeys(("decisions:matter", "decisions:desk_matter", "decisions:edit_matter", "decisions:move", "decisions:tie"), "matter"),
    **dict.fromkeys(("decisions:untie", "decisions:matter_files", "decisions:decide"), "matter"),
    **dict.fromkeys(("decisions:decision", "decisions:desk_decision", "decisions:edit_decision", "decisions:publish"), "decision"),
    **dict.fromkeys(("decisions:discard", "decisions:about", "decisions:decision_files"), "decision"),
    "decisions:pick": "voice",
    "voices:hand_on": "receipt",
    "portal:standing": "standing page",
    **dict.fromkeys(("portal:translation", "portal:promise_translation"), "translation"),
    **{f"systems:{name}": "system" for name in ("system", "desk_system", "move", "confirm", "responsible", "assess", "technical", "show", "hide")},
    **{f"systems:{name}": "import" for name in ("import", "answer_import", "finish_import")},
    "systems:confirm_function": "system use",
    **dict.fromkeys(("systems:say_wrong", "systems:said_wrong"), "system"),
    **dict.fromkeys(("systems:system_description", "systems:system_changes"), "system card"),
    **dict.fromkeys(("systems:house_description", "systems:house_changes"), "house description"),
    "systems:system_file": "system file",
    "systems:house_file": "house file",
    "systems:desk_correction": "correction",
    **{f"systems:{name}_description": "description" for name in ("desk", "draft", "approve", "publish", "withdraw")},
    **dict.fromkeys(("systems:integrations", "systems:integrations_picture"), "system"),
    **dict.fromkeys(("systems:pair", "systems:dismiss_pair", "systems:look_again"), "system pair"),
    **{f"systems:{name}": "harmonisation case" for name in ("case", "desk_case", "edit_case", "move_case", "decide_case", "show_case")},
    "systems:cell": "function",
    "services:service": "service",
    "services:point": "service_point",
    **dict.fromkeys(("voices:theme", "voices:desk_theme", "voices:edit_theme", "voices:reply_to_theme"), "theme"),
    **dict.fromkeys(("voices:status", "voices:helped", "voices:reopen", "voices:appeal", "voices:claim", "voices:receipt", "voices:recorded"), "receipt"),
    **dict.fromkeys(("pages:follow", "pages:follow_by_account", "pages:follow_sent", "pages:feed"), "voice"),
    **{f"people:{sort}": sort for sort in ("unit", "area", "body", "post", "municipality", "organisation", "person")},
    **dict.fromkeys(("registers:list", "registers:add", "registers:export"), "register"),
    **dict.fromkeys(("registers:detail", "registers:edit", "registers:close"), "register row"),
    "people:erasure_request": "erasure",
    "people:take_back_erasure": "erasure",
}
# Not filled here, each with the place that looks at it.
ELSEWHERE: dict[str, str] = {
    "commons:chart": "a signed name: dialogi/commons/tests",
    "commons:held_photo": "a signed name: dialogi/commons/tests/test_holding.py",
    "commons:attachment": "a random name: dialogi/commons/tests/test_attachments.py",
    "consultations:preview": "a secret link: dialogi/consultations/tests/test_reading.py",
    "pages:follow_confirm": "a token out of a message: dialogi/commons/tests/test_follows.py",
    "pages:follow_stop": "a token out of a message: dialogi/commons/tests/test_follows.py",
    "decisions:matter_file": "changes a file, by POST alone: dialogi/decisions/tests/test_desk.py",
    "decisions:decision_file": "changes a file, by POST alone: dialogi/decisions/tests/test_desk.py",
    "voices:moderate_photo": "takes a photo away, by POST alone: dialogi/voices/tests",
    "people:take_back_consent": "only its own person has one: dialogi/people/tests",
    "people:nothing_here": "there are no passwords",
    "account_reset_password_from_key": "there are no passwords",
    "mfa_remove_webauthn": "a passkey of one's own: dialogi/people/tests/test_sign_in.py",
    "mfa_edit_webauthn": "a passkey of one's own: dialogi/people/tests/test_sign_in.py",
    "openid_connect_login": "goes to the sign-in server: dialogi/people/tests",
    "openid_connect_callback": "comes from the sign-in server: dialogi/people/tests",
}
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """An address by its name, filled; `path` begins after the language where `in_language`."""

    name: str
    label: str
    path: str
    in_language: bool

    def at(self, language: str) -> str:
        """The path as a browser asks for it."""
        return f"/{language}/{self.path}" if self.in_language else f"/{self.path}"


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, space: str, in_language: bool) -> Iterator[tuple[str, str, bool]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            is_locale = isinstance(pattern.pattern, LocalePrefixPattern)
            inner = prefix if is_locale else prefix + str(pattern.pattern)
            yield from _walk(pattern.url_patterns, inner, f"{space}{pattern.namespace}:" if pattern.namespace else space, in_language or is_locale)
        else:
            yield f"{space}{pattern.name or pattern.callback.__name__}", prefix + str(pattern.pattern), in_language


def routes() -> list[tuple[str, str, bool]]:
    """(name, route, whether it lies under a language) of every address."""
    return list(dict.fromkeys(_walk(get_resolver().url_patterns, "", "", in_language=False)))


def addresses(samples: Samples) -> Iterator[Address]:
    """Every address, filled with each sample of its sort."""
    for name, route, in_language in routes():
        if name in ELSEWHERE or name in forgotten():
            continue
        if not PARAMETER.search(route):
            yield Address(name, "", route, in_language)
            continue
        for label, key in samples.keys.get(SORTS[name], {}).items():
            # A key of several parts fills several places.
            path = route
            for part in key.split(" "):
                path = PARAMETER.sub(part, path, count=1)
            yield Address(name, label, path, in_language)


def forgotten() -> list[str]:
    """Addresses that the tables above do not know."""
    return [name for name, route, _ in routes() if PARAMETER.search(route) and name not in SORTS and name not in ELSEWHERE and not route.startswith("static/")]
