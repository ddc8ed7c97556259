//! Work for several threads.
//!
//! The calling thread starts on the pieces at once, and takes one after the other; the threads
//! it wakes help as soon as they are awake. So a busy core costs little.

#[cfg(not(target_arch = "wasm32"))]
use std::sync::Mutex;

/// Calls `work` with each of the `pieces`, on several threads if there are two handfuls or more:
/// `handful` pieces are as much work as waking a thread is worth.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn share<T: Send>(pieces: Vec<T>, handful: usize, work: impl Fn(T) + Sync) {
    let threads = rayon::current_num_threads().min(pieces.len() / handful);
    if threads < 2 {
        // A small program never asks for threads, so it never starts any.
        return pieces.into_iter().for_each(work);
    }
    let queue = Mutex::new(pieces.into_iter());
    // By the handful, so that taking small pieces costs little.
    let next = || -> Vec<T> {
        let mut queue = queue.lock().expect("no thread panics while it takes pieces");
        queue.by_ref().take(handful).collect()
    };
    let take = || {
        let mut pieces = next();
        while !pieces.is_empty() {
            pieces.into_iter().for_each(&work);
            pieces = next();
        }
    };
    rayon::in_place_scope(|scope| {
        (1..threads).for_each(|_| scope.spawn(|_| take()));
        take();
    });
}

/// Calls `work` with each of the `pieces`: a browser has one thread.
#[cfg(target_arch = "wasm32")]
pub(crate) fn share<T>(pieces: Vec<T>, _: usize, work: impl Fn(T)) {
    pieces.into_iter().for_each(work);
}
