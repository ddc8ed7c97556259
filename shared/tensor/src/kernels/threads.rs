//! Work for several threads.
//!
//! The calling thread starts on the pieces at once, and takes one after the other; the threads
//! it wakes help as soon as they are awake. So a busy core costs little.

#[cfg(not(target_arch = "wasm32"))]
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
#[cfg(not(target_arch = "wasm32"))]
use std::sync::{LazyLock, Mutex};
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

/// All threads but the calling one.
#[cfg(not(target_arch = "wasm32"))]
static HELPERS: LazyLock<rayon::ThreadPool> = LazyLock::new(|| {
    let others = rayon::current_num_threads() - 1;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(others).build();
    pool.expect("a machine that has several cores can start a thread")
});

/// How many threads may work.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn threads() -> usize {
    rayon::current_num_threads()
}

/// A browser's page has one.
#[cfg(target_arch = "wasm32")]
pub(crate) fn threads() -> usize {
    1
}

/// Calls `work` with each of the `pieces`, on several threads if there are two handfuls or more:
/// `handful` pieces are as much work as waking a thread is worth.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn share<T: Send>(pieces: Vec<T>, handful: usize, work: impl Fn(T) + Sync) {
    let most = pieces.len() / handful;
    // A small program never asks for threads, so it never starts any.
    let threads = if most < 2 { 1 } else { most.min(rayon::current_num_threads()) };
    if threads < 2 {
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
    together(threads, &take);
}

/// Runs `take` on so many threads, the calling one among them.
#[cfg(not(target_arch = "wasm32"))]
fn together(threads: usize, take: &(impl Fn() + Sync)) {
    if rayon::current_thread_index().is_some() {
        // Called from a pool of someone's own: its threads help.
        return rayon::in_place_scope(|scope| {
            (1..threads).for_each(|_| scope.spawn(|_| take()));
            take();
        });
    }
    let ended = AtomicUsize::new(1);
    HELPERS.in_place_scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|_| {
                take();
                ended.fetch_add(1, Ordering::Release);
            });
        }
        take();
        look_out(|| ended.load(Ordering::Acquire) == threads);
    });
    keep_helpers_awake();
}

/// Keeps one helper awake, and helping whoever has work, until there was none for a moment.
#[cfg(not(target_arch = "wasm32"))]
fn keep_helpers_awake() {
    static KEPT: AtomicBool = AtomicBool::new(false);
    if KEPT.swap(true, Ordering::Relaxed) {
        return;
    }
    HELPERS.spawn(|| {
        while look_out(|| rayon::yield_now() == Some(rayon::Yield::Executed)) {}
        KEPT.store(false, Ordering::Relaxed);
    });
}

/// Looks for something until it has happened, or for a moment in vain.
///
/// A thread that sleeps is woken late, and Linux may wake it on the core of the thread that
/// wakes it, even if the other core is idle: then both take turns.
#[cfg(not(target_arch = "wasm32"))]
fn look_out(happened: impl Fn() -> bool) -> bool {
    let since = Instant::now();
    while since.elapsed() < LOOKOUT {
        if happened() {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

/// Calls `work` with each of the `pieces`: a browser has one thread.
#[cfg(target_arch = "wasm32")]
pub(crate) fn share<T>(pieces: Vec<T>, _: usize, work: impl Fn(T)) {
    pieces.into_iter().for_each(work);
}
