"""The doors of this room's pages know the person who asks, not their posts alone."""

from __future__ import annotations

from binhdang.server.accounts.middleware import Asking
from binhdang.server.accounts.models import Person
from binhdang.server.web.doors import Asked


class Entered(Asked):
    """A request behind a door: somebody with an account asks."""

    user: Person
    asking: Asking
