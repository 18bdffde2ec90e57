"""Template tags of this room; built in, so no template needs to load them."""
