"""What can happen to people and to the house they belong to, each with its sentence."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import LedgerKind


class Kind(LedgerKind):
    """Ledger kinds of the room. What is told about persons is never public."""

    UNIT_CREATED = "people.unit.created", _("The unit was added."), True
    UNIT_CHANGED = "people.unit.changed", _("The details of the unit were changed."), True
    UNIT_CLOSED = "people.unit.closed", _("The unit was closed."), True
    AREA_CREATED = "people.area.created", _("The area was added."), True
    AREA_CHANGED = "people.area.changed", _("The details of the area were changed."), True
    AREA_CLOSED = "people.area.closed", _("The area was taken out of use."), True
    ORGANISATION_CREATED = "people.organisation.created", _("The organisation was added."), True
    ORGANISATION_CHANGED = "people.organisation.changed", _("The details of the organisation were changed."), True
    ORGANISATION_CLOSED = "people.organisation.closed", _("The organisation was taken out of use."), True
    MUNICIPALITY_NAMED = "people.municipality.named", _("The municipality was named."), True
    BODY_CREATED = "people.body.created", _("The body was added."), True
    BODY_CHANGED = "people.body.changed", _("The details of the body were changed."), True
    BODY_CLOSED = "people.body.closed", _("The body was dissolved."), True
    COMPOSITION_CHANGED = "people.body.composition_changed", _("The rules on who sits in the body were changed."), True
    POST_CREATED = "people.post.created", _("The post was added."), True
    POST_CHANGED = "people.post.changed", _("The details of the post were changed."), True
    POST_CLOSED = "people.post.closed", _("The post was abolished."), True
    POST_FILLED = "people.post.filled", _("The post got a holder."), True
    POST_LEFT = "people.post.left", _("The holder left the post."), True
    HOLDING_CHANGED = "people.post.holding_changed", _("The term of the post’s holder was changed.")
    PERSON_CREATED = "people.person.created", _("The person was added.")
    PERSON_CHANGED = "people.person.changed", _("The details of the person were changed.")
    PREFERENCES_CHANGED = "people.person.preferences_changed", _("The person changed language or messages.")
    APPOINTED = "people.person.appointed", _("The person got a role.")
    SEAT_CHANGED = "people.person.seat_changed", _("The role of the person was changed.")
    SEAT_ENDED = "people.person.seat_ended", _("A role of the person ended.")
    TERM_TURNED = "people.person.term_turned", _("A term of the person began or ended.")
    ACCOUNT_CLOSED = "people.person.account_closed", _("The account was closed.")
    ACCOUNT_OPENED = "people.person.account_opened", _("The account was opened again.")
    SECOND_FACTOR_ADDED = "people.person.second_factor_added", _("The person added a second way to prove who they are.")
    SECOND_FACTOR_REMOVED = "people.person.second_factor_removed", _("The person removed a second way to prove who they are.")
    TOLD_OF_IDLENESS = "people.person.idle_told", _("The person was told that the unused account will be erased.")
    CONSENT_GIVEN = "people.person.consent_given", _("The person gave a consent.")
    CONSENT_WITHDRAWN = "people.person.consent_withdrawn", _("The person withdrew a consent.")
    ERASURE_ASKED = "people.person.erasure_asked", _("The person asked that what is stored about them be erased.")
    ERASURE_DECIDED = "people.person.erasure_decided", _("The request for erasure was decided.")
    ERASURE_WITHDRAWN = "people.person.erasure_withdrawn", _("The person took back the request for erasure.")
    ERASED = "people.person.erased", _("What was stored about the person was erased.")
