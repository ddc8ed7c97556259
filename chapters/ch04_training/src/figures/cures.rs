//! Figures of the section `cures`.
