//! Figures of the section `scale`.
