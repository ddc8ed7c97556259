//! Downloads of the big public data sets: resumed, checked, atomic.
