//! Arrays for the course: shapes, broadcasting, reductions, the matrix product, a seeded generator.
