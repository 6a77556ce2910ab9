"""People, the posts that they hold, and how they sign in."""
