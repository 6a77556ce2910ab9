"""Plans as running programmes: made from reviewed papers, issued, and seen by those whose work they lay down."""
