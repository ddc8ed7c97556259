//! Figures of the section `softmax`.
