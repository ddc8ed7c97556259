//! Figures of the section `slopes`.
