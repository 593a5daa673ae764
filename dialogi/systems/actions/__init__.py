"""Verbs of the room: systems, what belongs to them, what they are sorted by. The only place that writes."""

from dialogi.systems.actions.classification import (
    close_function,
    close_vendor,
    create_data_group,
    create_function,
    create_vendor,
    edit_function,
    edit_vendor,
    reword_function,
)
from dialogi.systems.actions.contracts import close_contract, create_contract, edit_contract
from dialogi.systems.actions.forgetting import forget_in_systems
from dialogi.systems.actions.importing import decide_questions, finish_run, import_systems, keep_file, let_go_of_files, remember_mapping
from dialogi.systems.actions.parts import add_integration, add_use, assess, confirm_function, edit_integration, edit_use, end_integration, end_use
from dialogi.systems.actions.stores import close_store, create_store, edit_store, place_store, reword_store, set_destination, take_store_out
from dialogi.systems.actions.systems import TEXTS as SYSTEM_TEXTS
from dialogi.systems.actions.systems import (
    confirm_system,
    create_system,
    edit_system,
    hide_from_public,
    move_system,
    name_responsible,
    reword_system,
    show_to_everybody,
    write_technical_details,
)

__all__ = [
    "SYSTEM_TEXTS",
    "add_integration",
    "add_use",
    "assess",
    "close_contract",
    "close_function",
    "close_store",
    "close_vendor",
    "confirm_function",
    "confirm_system",
    "create_contract",
    "create_data_group",
    "create_function",
    "create_store",
    "create_system",
    "create_vendor",
    "decide_questions",
    "edit_contract",
    "edit_function",
    "edit_integration",
    "edit_store",
    "edit_system",
    "edit_use",
    "edit_vendor",
    "end_integration",
    "end_use",
    "finish_run",
    "forget_in_systems",
    "hide_from_public",
    "import_systems",
    "keep_file",
    "let_go_of_files",
    "move_system",
    "name_responsible",
    "place_store",
    "remember_mapping",
    "reword_function",
    "reword_store",
    "reword_system",
    "set_destination",
    "show_to_everybody",
    "take_store_out",
    "write_technical_details",
]
