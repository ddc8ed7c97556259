//! Figures of the course: one look, SVG that follows light and dark.
