"""What the web server is given."""

from dialogi.commons.doorstep import Doorstep
from dialogi.wsgi import application


def test_whoever_comes_meets_the_doorstep_before_django() -> None:
    assert isinstance(application, Doorstep)
