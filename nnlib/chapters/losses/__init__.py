"""Everything of the chapter "Losses" that is not its notebook."""
