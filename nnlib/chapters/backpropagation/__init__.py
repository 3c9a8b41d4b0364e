"""Everything of the chapter "Backpropagation" that is not its notebook."""
