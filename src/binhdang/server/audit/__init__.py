"""Who did what, when, to what, before and after: events written in the act's own transaction, sealed in batches."""
