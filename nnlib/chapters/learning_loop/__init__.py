"""Everything of the chapter "The learning loop" that is not its notebook."""
