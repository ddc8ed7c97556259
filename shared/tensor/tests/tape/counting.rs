//! An allocator that counts, and the lock for those who count nodes.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::sync::{Mutex, MutexGuard, PoisonError};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    /// Bytes that this thread has allocated and not freed. Tensors are allocated by the thread
    /// that calculates them; what the helpers of a large product need stays out.
    static LIVE: Cell<isize> = const { Cell::new(0) };

    /// The largest value of [`LIVE`] since the last [`peak_of`] began.
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

#[expect(unsafe_code, reason = "an allocator cannot be written otherwise")]
// SAFETY: every call goes to the system's allocator as it came; counting touches no memory of
// the caller, and allocates none.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.set(LIVE.get() + layout.size() as isize);
        PEAK.set(PEAK.get().max(LIVE.get()));
        // SAFETY: the caller promises what the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.set(LIVE.get() - layout.size() as isize);
        // SAFETY: as above; the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// Keeps the other tests of this binary waiting while the guard lives: nodes are counted for
/// the whole process.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Bytes that this thread has allocated and not freed.
pub(crate) fn live_bytes() -> isize {
    LIVE.get()
}

/// The result of `f`, and the most bytes above those of before that were allocated meanwhile.
pub(crate) fn peak_of<T>(f: impl FnOnce() -> T) -> (T, isize) {
    let before = live_bytes();
    PEAK.set(before);
    let result = f();
    (result, PEAK.get() - before)
}
