//! Figures of the section `views`.
