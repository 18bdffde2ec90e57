"""The word that keeps a copy from being drawn by `bench.poisoned`; apart from it, for whoever has no Django set up."""

POISON = "undrawable"
