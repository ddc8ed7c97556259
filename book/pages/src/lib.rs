//! What the book's pages are made of: includes, anchors, numbers, figures, blocks.
