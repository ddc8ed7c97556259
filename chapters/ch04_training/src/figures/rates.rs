//! Figures of the section `rates`.
