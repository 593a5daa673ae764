"""Every change passes the door, every page names its permission."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.house import House, Module, name_of

# Public actions that need not ask or tell, with the reason. "room.function": "why"
WITHOUT_REQUIRE: dict[str, str] = {
    "systems.ask_again": "part of the verbs that name, confirm and retire, which ask and tell",
    "systems.mark_unconfirmed": "the worker's own, with no person behind it",
    "consultations.copy_statements": "part of the verb that copies a consultation, which asks and tells",
    "consultations.draw_opinion_map": "the worker's own, with no person behind it",
    "consultations.draw_opinion_maps": "the worker's own, with no person behind it",
    "consultations.mark_overdue": "the worker's own, with no person behind it",
    "consultations.nag": "the worker's own, with no person behind it",
    "consultations.remind": "the worker's own, with no person behind it",
    "consultations.remind_invited": "the worker's own, with no person behind it",
    "consultations.retime": "part of the verbs that change phases, which ask and tell",
    "consultations.settle": "part of the verbs that write statements, which ask and tell",
    "consultations.save_response": "part of the verbs that take answers in, which ask and tell",
    "consultations.tell_of_phase": "the worker's own, with no person behind it",
    "consultations.tell_of_times": "the worker's own, with no person behind it",
    "figures.noun_of": "writes nothing; the verbs ask",
    "people.forget_person": "erasure calls it, and that asks",
    "systems.mark_correction_late": "the worker's own, with no person behind it",
    "systems.remind_of_corrections": "the worker's own, with no person behind it",
    "voices.capacities": "writes nothing; the page and the verb ask it",
    "voices.mark_check_overdue": "the worker's own, with no person behind it",
    "voices.remind": "the worker's own, with no person behind it",
    "voices.wait_for_call": "part of the verbs that answer and decide, which ask and tell",
    "voices.mark_asked": "the worker's own, with no person behind it",
    "voices.mark_overdue": "the worker's own, with no person behind it",
}
WITHOUT_RECORD: dict[str, str] = {
    "systems.ask_again": "part of the verbs that name, confirm and retire, which ask and tell",
    "figures.noun_of": "writes nothing; the verbs tell",
    "consultations.copy_statements": "part of the verb that copies a consultation, which asks and tells",
    "consultations.retime": "part of the verbs that change phases, which ask and tell",
    "consultations.settle": "part of the verbs that write statements, which ask and tell",
    "consultations.save_response": "part of the verbs that take answers in, which ask and tell",
    "people.forget_person": "erasure calls it, and that tells",
    "people.erase_contact_details": "a contact has no page and no history; what it belonged to is recorded in the same transaction",
    "people.bring_in_contacts": "a contact has no page and no history; what they belong to is recorded in the same transaction",
    "people.expire_access_log": "what goes is who and which words; what happened stays in the ledger as it is",
    "people.expire_sign_ins": "sign-ins have no page; the log that expires is the only place that knew them",
    "portal.try_again": "the state of a queue; what is told by it is told by whoever wrote it",
    "portal.promise_translation": "the cellar's verb that it calls tells",
    "portal.translate": "the verb of the text's own room tells, and so does the cellar's",
    "people.save_contact": "a contact has no page and no history; what it belongs to is recorded in the same transaction",
    "systems.decide_questions": "answers about a list: nothing that has a page changes before the import, which tells",
    "systems.keep_file": "a file that waits: nothing that has a page changes before the import, which tells",
    "systems.remember_mapping": "how a list is read: nothing that has a page changes before the import, which tells",
    "systems.let_go_of_files": "a file that nobody imported: nothing that has a page changes",
    "systems.create_data_group": "a word of a list, with no page and no history; what uses it tells",
    "systems.look_for_candidates": "reckoned from the register and thrown away the next time: no page of a noun shows it, and nothing that a person said is in it",
    "voices.capacities": "writes nothing; the page and the verb ask it",
    "voices.expire_support_keys": "the keys named nobody and the counts stay: nothing that a page shows has changed",
    "voices.wait_for_call": "part of the verbs that answer and decide, which ask and tell",
}
# The verbs of registers, which ask and tell for all of them.
KEEPING = "dialogi.commons.keeping"
GUARDS = {"needs", "open_to_all"}
RECORDS = {"record", "record_many"}
# Whoever refuses by hand has asked too.
REQUIRES = {"require", "NotAllowed"}


def views_name_their_permission(house: House) -> Iterator[str]:
    """Each function that takes a request is guarded by `needs`, or opened to all with a reason."""
    for module in house.modules:
        if not module.is_in("views") or module.is_test:
            continue
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and any(name_of(part).endswith("View") for part in node.bases):
                yield f"{module.path}:{node.lineno}: {node.name} is a class; a view is a function, so that its guard can be seen"
        for function in module.top_functions:
            takes_request = bool(function.args.args) and function.args.args[0].arg == "request"
            answers = function.returns is None or "Response" in ast.unparse(function.returns)
            if takes_request and answers and not function.name.startswith("_") and not {name_of(part) for part in function.decorator_list} & GUARDS:
                yield f"{module.path}:{function.lineno}: {function.name} names no permission (@needs or @open_to_all)"


def _calls(function: ast.AST) -> set[str]:
    """Names called, or handed on to be called; `FLOW.require` is another question than `require`."""
    found = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                found.add(node.func.id)
            elif isinstance(node.func, ast.Attribute):
                found.add("." + node.func.attr)
                if isinstance(node.func.value, ast.Name):
                    found.add(f"{node.func.value.id}.{node.func.attr}")
    return found


def _verbs_of_others(modules: list[Module]) -> set[str]:
    """Names that come from the actions of a room: those ask and tell by themselves."""
    found = set()
    for module in modules:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module and (".actions" in node.module or node.module == KEEPING):
                found |= {alias.asname or alias.name for alias in node.names}
    return found


def _reaches(start: str, wanted: set[str], calls: dict[str, set[str]], outer: set[str]) -> bool:
    seen, queue = set(), [start]
    while queue:
        name = queue.pop()
        if name in seen:
            continue
        seen.add(name)
        found = calls.get(name, set())
        plain = {part for part in found if not part.startswith(".")}
        if plain & wanted or any(part.split(".")[0] in outer for part in plain - set(calls)):
            return True
        queue += [part for part in found if part in calls]
    return False


def _actions(house: House) -> dict[str, list[Module]]:
    rooms: dict[str, list[Module]] = {}
    for module in house.modules:
        if module.room and module.is_in("actions") and not module.is_test:
            rooms.setdefault(module.room, []).append(module)
    return rooms


def _silent(house: House) -> Iterator[tuple[str, str, str]]:
    """(verb, what it lacks, where) of each public action that asks or tells nobody, excepted or not."""
    for room, modules in _actions(house).items():
        calls: dict[str, set[str]] = {}
        for module in modules:
            for function in module.top_functions:
                calls.setdefault(function.name, set()).update(_calls(function))
        outer = _verbs_of_others(modules) - set(calls)
        for module in modules:
            for function in module.top_functions:
                for lack, wanted in (("require", REQUIRES), ("record", RECORDS)):
                    if not function.name.startswith("_") and not _reaches(function.name, wanted, calls, outer):
                        yield f"{room}.{function.name}", lack, f"{module.path}:{function.lineno}"


def verbs_ask_and_tell(house: House) -> Iterator[str]:
    """Each public action requires a permission and records what happened, itself or through what it calls."""
    for verb, lack, where in _silent(house):
        if verb not in {"require": WITHOUT_REQUIRE, "record": WITHOUT_RECORD}[lack]:
            yield f"{where}: {verb} {'asks nobody (require)' if lack == 'require' else 'tells nobody (record)'}"


def exemptions_are_still_needed(house: House) -> Iterator[str]:
    """An exemption for a verb that is gone, or that asks and tells by now, would one day cover another one."""
    silent = {(verb, lack) for verb, lack, _ in _silent(house)}
    for lack, excepted in (("require", WITHOUT_REQUIRE), ("record", WITHOUT_RECORD)):
        for verb in excepted:
            if (verb, lack) not in silent:
                yield f"the exemption of {verb} from {lack} is not needed any more"


def public_functions_explain_themselves(house: House) -> Iterator[str]:
    """What other rooms may call says what it does, and takes its details by name."""
    for module in house.modules:
        if module.is_test or not any(module.is_in(name) for name in ("actions", "queries", "rules")):
            continue
        for function in module.top_functions:
            if function.name.startswith("_"):
                continue
            if not ast.get_docstring(function) and not module.is_in("rules"):
                yield f"{module.path}:{function.lineno}: {function.name} has no docstring"
            if module.is_in("actions") and len(function.args.args) + len(function.args.posonlyargs) > 2:
                yield f"{module.path}:{function.lineno}: {function.name} takes its details by position; name them"


def forms_never_save(house: House) -> Iterator[str]:
    """Only verbs write."""
    for module in house.modules:
        if module.is_test or not (module.is_in("forms") or module.is_in("views") or module.is_in("queries")):
            continue
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"save", "create", "bulk_create", "delete"}:
                receiver = ast.unparse(node.func.value)
                if node.func.attr == "save" or "objects" in receiver:
                    yield f"{module.path}:{node.lineno}: {receiver}.{node.func.attr}() writes; call an action"
