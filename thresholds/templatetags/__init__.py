"""Template tags for what the packs say."""
