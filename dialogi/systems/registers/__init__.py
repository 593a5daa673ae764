"""The room's registers, plugged in."""

from dialogi.commons.register import add_register
from dialogi.systems.registers.classes import CONTRACTS, FUNCTIONS, VENDORS
from dialogi.systems.registers.data import INTEGRATIONS, PLACES, STORES
from dialogi.systems.registers.keeping_systems import SYSTEMS, USES

for register in (SYSTEMS, USES, STORES, PLACES, INTEGRATIONS, CONTRACTS, VENDORS, FUNCTIONS):
    add_register(register)
