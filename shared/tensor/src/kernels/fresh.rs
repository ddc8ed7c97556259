//! New memory that is written once, and the allocator that it comes from.
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
    keep_memory();
    let mut numbers = Vec::with_capacity(len);
    write(&mut numbers.spare_capacity_mut()[..len]);
    // SAFETY: the capacity is at least `len`, and the caller promises that `write` has written
    // all of these numbers.
    unsafe { numbers.set_len(len) };
    numbers
}

/// Asks the allocator to keep what one step of a training has freed for the next one.
///
/// glibc hands large blocks back to the system at once. To get them again, the system has to
/// clear them page by page: in the training of a convolutional net, an eighth of the time.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn keep_memory() {
    static ASKED: std::sync::Once = std::sync::Once::new();
    ASKED.call_once(|| {
        #[expect(unsafe_code, reason = "the allocator's settings are reached through C only")]
        // SAFETY: `mallopt` may be called at any time, takes its own lock, and refuses a value
        // that it does not know. The first is the largest that it takes, in bytes.
        unsafe {
            libc::mallopt(libc::M_MMAP_THRESHOLD, 32 << 20);
            libc::mallopt(libc::M_TRIM_THRESHOLD, i32::MAX);
        }
    });
}

/// A setting of glibc's.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn keep_memory() {}
