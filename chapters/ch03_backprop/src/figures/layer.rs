//! Figures of the section `layer`.
