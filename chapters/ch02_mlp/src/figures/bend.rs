//! Figures of the section `bend`.
