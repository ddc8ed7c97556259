//! Figures of the section `check`.
