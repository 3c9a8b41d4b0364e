"""Everything of the chapter "Optimizers" that is not its notebook."""
