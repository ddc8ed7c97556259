//! Figures of the section `moons`.
