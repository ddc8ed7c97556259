//! Figures of the section `jacobian`.
