//! Figures of the section `norm`.
