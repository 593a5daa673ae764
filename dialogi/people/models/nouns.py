"""What every noun of the room can be asked."""

from typing import Self

from django.db import models

from dialogi.commons.actors import Actor
from dialogi.commons.models.subjects import visibility


class NounQuerySet(models.QuerySet[models.Model]):
    """What every noun's QuerySet can do."""

    def visible_to(self, actor: Actor) -> Self:
        """Only those whose Subject the actor may see."""
        return self.filter(visibility(actor, "subject__"))

    def active(self) -> Self:
        """Only those in use."""
        return self.filter(is_active=True)
