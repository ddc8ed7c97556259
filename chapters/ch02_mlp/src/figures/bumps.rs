//! Figures of the section `bumps`.
