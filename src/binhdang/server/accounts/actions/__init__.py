"""Every write of the room, a named act each: people, posts, invitations, the first administrator, whole files of people."""
