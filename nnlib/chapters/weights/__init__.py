"""Everything of the chapter "Weights" that is not its notebook."""
