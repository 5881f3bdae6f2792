"""A detector from a handful of photos: what is learnt on frozen features, and how well (TEACHING.md)."""
