"""Running the installation: the server's start, what it does by the clock, the audit's proof."""
