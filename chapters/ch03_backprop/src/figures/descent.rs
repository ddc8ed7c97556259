//! Figures of the section `descent`.
