//! Figures of the section `batches`.
