//! Figures of the section `project`.
