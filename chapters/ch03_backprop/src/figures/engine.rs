//! Figures of the section `engine`.
