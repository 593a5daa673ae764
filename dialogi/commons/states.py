"""States as data: which may follow which."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from dialogi.commons.permissions import NotPossible


class Flow:
    """The allowed steps between states; the documentation draws its picture from the same data."""

    def __init__(self, steps: Mapping[str, set[str] | frozenset[str]]) -> None:
        self.steps = {str(state): frozenset(str(after) for after in following) for state, following in steps.items()}

    def allows(self, state: str, after: str) -> bool:
        """Tell whether the step is in the flow."""
        return str(after) in self.steps.get(str(state), frozenset())

    def require(self, state: str, after: str) -> None:
        """Go on only when the step is in the flow; raises NotPossible."""
        if not self.allows(state, after):
            raise NotPossible(_("This cannot be done any more, because the matter has already moved on. Read the page again and see where it stands now."))

    def following(self, state: str) -> frozenset[str]:
        """Return the states that may follow."""
        return self.steps.get(str(state), frozenset())

    def picture(self) -> str:
        """Draw the flow as a mermaid state diagram."""
        lines = [f"    {state} --> {after}" for state, following in self.steps.items() for after in sorted(following)]
        return "\n".join(["stateDiagram-v2", *lines])
