"""Named reads of units, agencies, lines and changes. None asks the database once a row."""
