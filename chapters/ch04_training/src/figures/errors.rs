//! Figures of the section `errors`.
