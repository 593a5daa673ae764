"""What can happen to systems and what belongs to them. Nothing of security is public, and no entry holds a value, only the names of fields."""

from django.utils.translation import gettext_lazy as _

from dialogi.commons.kinds import LedgerKind


class Happened(LedgerKind):
    """Ledger kinds of the room."""

    FUNCTION_CREATED = "systems.function.created", _("The function was added.")
    FUNCTION_CHANGED = "systems.function.changed", _("The function was changed.")
    FUNCTION_CLOSED = "systems.function.closed", _("The function was taken out of use.")
    VENDOR_CREATED = "systems.vendor.created", _("The vendor was added.")
    VENDOR_CHANGED = "systems.vendor.changed", _("The vendor was changed.")
    VENDOR_CLOSED = "systems.vendor.closed", _("The vendor was taken out of use.")
    CREATED = "systems.system.created", _("The system was added to the register."), True, 0
    BROUGHT_IN = "systems.system.brought_in", _("The system was brought in from a list.")
    BROUGHT_UP_TO_DATE = "systems.system.brought_up_to_date", _("The system was brought up to date from a list.")
    CHANGED = "systems.system.changed", _("What the register says about the system was changed."), True, 0
    MOVED_ON = "systems.system.moved_on", _("The system now stands as: %(system_state)s."), True
    MOVED_PAST_GATE = "systems.system.moved_past_gate", _("The system now stands as: %(system_state)s, although something was missing. Reason: %(reason)s")
    NAMED = "systems.system.named", _("It was decided which post answers for the system."), True, 0
    CONFIRMED = "systems.system.confirmed", _("What the register says about the system was confirmed as true."), True, 0
    ASKED = "systems.system.asked", _("It was asked whether what the register says is still true.")
    NOT_CONFIRMED = "systems.system.not_confirmed", _("Nobody has confirmed in time that the register is still true.")
    SHOWN = "systems.system.shown", _("The description of the system was made public."), True, 0
    HIDDEN = "systems.system.hidden", _("The description of the system was taken from public view. Reason: %(reason)s")
    TECHNICAL_CHANGED = "systems.system.technical_changed", _("The technical details were changed.")
    ASSESSED = "systems.system.assessed", _("The system was assessed.")
    ASSESSMENT_CHANGED = "systems.system.assessment_changed", _("An assessment of the system was changed.")
    NAME_FORGOTTEN = "systems.system.name_forgotten", _("The name of a person who was erased was taken off.")
    USE_ADDED = "systems.system.use_added", _("A use of the system was added.")
    USE_CHANGED = "systems.system.use_changed", _("A use of the system was changed.")
    USE_REMOVED = "systems.system.use_removed", _("A use of the system was removed.")
    FUNCTION_CONFIRMED = "systems.system.function_confirmed", _("The function of a use was confirmed.")
    INTEGRATION_ADDED = "systems.system.integration_added", _("An integration was added.")
    INTEGRATION_CHANGED = "systems.system.integration_changed", _("An integration was changed.")
    INTEGRATION_ENDED = "systems.system.integration_ended", _("An integration ended.")
    STORE_PLACED = "systems.system.store_placed", _("It was written down which information store the system holds.")
    STORE_TAKEN_OUT = "systems.system.store_taken_out", _("An information store was taken out of the system.")
    DESTINATION_SET = "systems.system.destination_set", _("It was written down where the data goes when the system retires.")
    OVERLAP_DISMISSED = "systems.system.overlap_dismissed", _("It was found that the system does not overlap with %(other)s for now. Reason: %(reason)s")
    OVERLAP_LOOKED_AT_AGAIN = "systems.system.overlap_looked_at_again", _("Whether the system overlaps with %(other)s is looked at again.")
    STORE_CREATED = "systems.informationstore.created", _("The information store was added.")
    STORE_CHANGED = "systems.informationstore.changed", _("The information store was changed.")
    STORE_CLOSED = "systems.informationstore.closed", _("The information store was taken out of use.")
    CONTRACT_CREATED = "systems.contract.created", _("The contract was added.")
    CONTRACT_CHANGED = "systems.contract.changed", _("The contract was changed.")
    CONTRACT_CLOSED = "systems.contract.closed", _("The contract ended.")
    DRAFTED = "systems.description.drafted", _("A draft of the description was made from the register.")
    WRITTEN = "systems.description.written", _("What people write into the description was changed.")
    APPROVED = "systems.description.approved", _("Version %(number)s of the description was approved.")
    PUBLISHED = "systems.description.published", _("Version %(number)s of the description was published."), True
    WITHDRAWN = "systems.description.withdrawn", _("The description was taken from public view. Reason: %(reason)s"), True, 0
    SAID_WRONG = "systems.system.said_wrong", _("Somebody said that something in the register looks wrong."), True, 0
    CORRECTION_ACCEPTED = "systems.system.correction_accepted", _("A correction was accepted. The register is mended."), True, 0
    CORRECTION_REFUSED = "systems.system.correction_refused", _("A correction was refused, and the reason is told."), True, 0
    CORRECTION_LATE = "systems.system.correction_late", _("A correction has not been looked at in time."), True, 0
    CORRECTION_REMINDED = "systems.system.correction_reminded", _("Those who answer were reminded of a correction.")
    CORRECTION_CONTACT_ERASED = "systems.system.correction_contact_erased", _("How to reach somebody who gave a correction was erased.")
    CASE_OPENED = "systems.harmonisationcase.opened", _("A harmonisation case was opened."), True, 0
    CASE_CHANGED = "systems.harmonisationcase.changed", _("The harmonisation case was changed."), True, 0
    CASE_SCOPE_CHANGED = "systems.harmonisationcase.scope_changed", _("The case is now about other systems than before. Reason: %(reason)s"), True, 0
    CASE_MOVED_ON = "systems.harmonisationcase.moved_on", _("The case now stands as: %(case_state)s."), True
    CASE_DECIDED = "systems.harmonisationcase.decided", _("The case was decided: %(case_option)s. What was known that day is kept beside it."), True
    CASE_SHOWN = "systems.harmonisationcase.shown", _("The case was made public."), True, 0
    CASE_HIDDEN = "systems.harmonisationcase.hidden", _("The case was taken from public view.")
