//! Figures of the section `symmetry`.
