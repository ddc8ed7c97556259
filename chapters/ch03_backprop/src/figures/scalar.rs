//! The section `scalar` draws by [`crate::graph`] alone.
