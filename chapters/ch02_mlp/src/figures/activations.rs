//! Figures of the section `activations`.
