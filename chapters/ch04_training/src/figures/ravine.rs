//! Figures of the section `ravine`.
