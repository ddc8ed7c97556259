//! Work for several threads.
//!
//! The calling thread starts on the pieces at once, and takes one after the other; the threads
//! it wakes help as soon as they are awake. So a busy core costs little.

#[cfg(not(target_arch = "wasm32"))]
use std::sync::Mutex;
#[cfg(not(target_arch = "wasm32"))]
use std::sync::atomic::{AtomicBool, Ordering};
#[cfg(not(target_arch = "wasm32"))]
use std::time::{Duration, Instant};

/// Numbers, each read and written once or so, that are worth waking a thread for. Chosen by us:
/// some ten to twenty microseconds of work.
pub(crate) const NUMBERS: usize = 32_768;

/// Multiply-adds that are worth waking a thread for; one core does them in some 50 microseconds.
/// Waking a thread takes about as long, and meanwhile the calling thread works. Chosen by us.
pub(crate) const MULTIPLY_ADDS: usize = 2_000_000;

/// How long a thread that has helped looks out for more work before it sleeps. Chosen by us: a
/// step of a small net has a product or an update every few hundred microseconds, and waking a
/// thread takes some fifty.
#[cfg(not(target_arch = "wasm32"))]
const LOOKOUT: Duration = Duration::from_micros(300);

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
    keep_a_lookout();
}

/// Keeps one thread of the pool awake, and helping whoever has work, until there was none for a
/// moment.
#[cfg(not(target_arch = "wasm32"))]
fn keep_a_lookout() {
    static KEPT: AtomicBool = AtomicBool::new(false);
    if KEPT.swap(true, Ordering::Relaxed) {
        return;
    }
    rayon::spawn(|| {
        let mut since = Instant::now();
        while since.elapsed() < LOOKOUT {
            match rayon::yield_now() {
                Some(rayon::Yield::Executed) => since = Instant::now(),
                _ => std::hint::spin_loop(),
            }
        }
        KEPT.store(false, Ordering::Relaxed);
    });
}

/// Calls `work` with each of the `pieces`: a browser has one thread.
#[cfg(target_arch = "wasm32")]
pub(crate) fn share<T>(pieces: Vec<T>, _: usize, work: impl Fn(T)) {
    pieces.into_iter().for_each(work);
}
