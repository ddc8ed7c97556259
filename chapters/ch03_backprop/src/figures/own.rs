//! Figures of the section `own`.
