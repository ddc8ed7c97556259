//! The harness: every block, number, figure, link and exercise of the course, checked.
