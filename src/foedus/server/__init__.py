"""The web door: the verbs of the library as pages and as JSON. Read-only; nothing that a visitor sends is kept."""
