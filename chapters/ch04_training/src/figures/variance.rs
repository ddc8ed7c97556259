//! Figures of the section `variance`.
