//! Figures of the section `chain`.
