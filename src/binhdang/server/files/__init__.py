"""Files kept by their content. What a file means, and who may see it, its own room knows."""
