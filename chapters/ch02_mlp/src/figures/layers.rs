//! Figures of the section `layers`.
