//! Figures of the section `luck`.
