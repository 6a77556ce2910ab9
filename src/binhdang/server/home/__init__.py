"""The first page of each role, and the frame around all pages."""
