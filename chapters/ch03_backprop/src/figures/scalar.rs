//! Figures of the section `scalar`.
