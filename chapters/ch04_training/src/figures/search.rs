//! Figures of the section `search`.
