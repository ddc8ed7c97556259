//! Loaders for the course's data: checked, bounded, and clear about what is wrong.
