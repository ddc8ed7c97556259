//! Figures of the section `family`.
