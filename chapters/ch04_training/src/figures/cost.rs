//! Figures of the section `cost`.
