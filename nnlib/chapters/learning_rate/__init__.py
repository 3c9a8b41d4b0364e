"""Everything of the chapter "Learning rate and batch size" that is not its notebook."""
