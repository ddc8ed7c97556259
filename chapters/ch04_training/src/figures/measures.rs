//! Figures of the section `measures`.
