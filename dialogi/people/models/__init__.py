"""Nouns: Person, Contact, Unit, Body, CompositionRule, Seat, Post, Holding, Area, Organisation, Consent."""

from dialogi.people.kinds import Kind
from dialogi.people.models.composition import CompositionRule, Demand
from dialogi.people.models.erasure import ERASURE_FLOW, Erasure, ErasureRequest, Tombstone
from dialogi.people.models.nouns import NounQuerySet
from dialogi.people.models.persons import LANGUAGE_CHOICES, Consent, Contact, Person
from dialogi.people.models.posts import Holding, Post
from dialogi.people.models.seats import CASE_ROLES, STAFF_ROLES, WHOLE_HOUSE_ROLES, Position, Role, Seat
from dialogi.people.models.structure import Area, Body, BodyKind, Municipality, Organisation, Unit

__all__ = [
    "CASE_ROLES",
    "ERASURE_FLOW",
    "LANGUAGE_CHOICES",
    "STAFF_ROLES",
    "WHOLE_HOUSE_ROLES",
    "Area",
    "Body",
    "BodyKind",
    "CompositionRule",
    "Consent",
    "Contact",
    "Demand",
    "Erasure",
    "ErasureRequest",
    "Holding",
    "Kind",
    "Municipality",
    "NounQuerySet",
    "Organisation",
    "Person",
    "Position",
    "Post",
    "Role",
    "Seat",
    "Tombstone",
    "Unit",
]
