"""Everything of the chapter "Tensors" that is not its notebook."""
