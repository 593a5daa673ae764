"""As which post somebody acts on a system."""

from dialogi.commons.actors import Actor
from dialogi.people.models import Holding, Post
from dialogi.systems.models import System


def post_of(by: Actor, system: System) -> Post | None:
    """The post as which the actor confirms: the responsible one, its deputy, or another that they hold."""
    if by.person_id is None:
        return system.post
    held = list(Holding.objects.current().filter(person=by.person_id).select_related("post").order_by("pk"))
    ours = [holding.post for holding in held if holding.post_id in {system.post_id, system.deputy_id}]
    return next(iter(ours or [holding.post for holding in held]), None)
