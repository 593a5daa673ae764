"""Register pages: one small set of pages for every noun that is kept as a table - list, facets, detail, add, edit, history, export.

A room declares a `Register` in its registrations.py; the pages call the room's own actions and never write themselves.

    add_register(
        Register(
            slug="units",
            label=_("Units"),
            add_label=_("Add a unit"),
            rows=lambda actor: Unit.objects.visible_to(actor).select_related("subject", "parent"),
            see=SEE_STAFF,
            change=ADMINISTER,
            columns=(Column("name", _("Name"), lambda unit: unit.name, sort=("name_{language}",)), ...),
            search=("name_sv", "name_fi", "name_en"),
            facets=(Facet("state", _("State"), choices=..., apply=...),),
            form=UnitForm,
            create=create_unit,
            edit=edit_unit,
            close=close_unit,
        )
    )
"""

from dialogi.commons.register.declaration import Column, Detail, Facet, Register, add_register, registers

__all__ = ["Column", "Detail", "Facet", "Register", "add_register", "registers"]
