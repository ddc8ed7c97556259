//! Figures of the section `grid`.
