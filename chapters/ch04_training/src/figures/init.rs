//! Figures of the section `init`.
