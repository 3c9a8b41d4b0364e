"""Pictures and explorers of the chapters, one module a chapter."""
