//! New memory that is written once.
//!
//! Filling a result with zeros first would be a second walk over it, by one thread: for a
//! convolution's megabytes a tenth of the time.

use std::mem::MaybeUninit;

/// `len` numbers, written by `write`.
///
/// # Safety
/// `write` must write every number.
#[expect(unsafe_code, reason = "numbers that are about to be written need no zeros first")]
pub(crate) unsafe fn written<T: Copy>(
    len: usize,
    write: impl FnOnce(&mut [MaybeUninit<T>]),
) -> Vec<T> {
    let mut numbers = Vec::with_capacity(len);
    write(&mut numbers.spare_capacity_mut()[..len]);
    // SAFETY: the capacity is at least `len`, and the caller promises that `write` has written
    // all of these numbers.
    unsafe { numbers.set_len(len) };
    numbers
}
