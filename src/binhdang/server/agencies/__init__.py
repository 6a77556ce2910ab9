"""Units and agencies over time, and who reports to whom for this programme."""
