//! Figures of the section `losses`.
