//! Figures of the section `adaptive`.
