"""Papers as they were received: kept, read, and reviewed by people beside their text."""
