//! Figures of the section `dual`.
