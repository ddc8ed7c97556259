//! How much memory a step of training needs at its peak, all threads counted.
//!
//! A binary of its own with this one test, because it counts every byte of the process.

#[path = "tape/mlp.rs"]
mod mlp;

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicIsize, Ordering};

use mlp::Mlp;
use tensor::Rng;

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes that the process has allocated and not freed.
static LIVE: AtomicIsize = AtomicIsize::new(0);

/// The largest value of [`LIVE`] since it was last set.
static PEAK: AtomicIsize = AtomicIsize::new(0);

#[expect(unsafe_code, reason = "an allocator cannot be written otherwise")]
// SAFETY: every call goes to the system's allocator as it came; counting touches no memory of
// the caller, and allocates none.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let size = layout.size() as isize;
        PEAK.fetch_max(LIVE.fetch_add(size, Ordering::SeqCst) + size, Ordering::SeqCst);
        // SAFETY: the caller promises what the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size() as isize, Ordering::SeqCst);
        // SAFETY: as above; the pointer came from the system's allocator.
        unsafe { System.dealloc(pointer, layout) }
    }
}

/// The most bytes above those of before that were allocated while `f` ran, by any thread.
fn peak_of(f: impl FnOnce()) -> isize {
    let before = LIVE.load(Ordering::SeqCst);
    PEAK.store(before, Ordering::SeqCst);
    f();
    PEAK.load(Ordering::SeqCst) - before
}

#[test]
fn a_step_needs_at_most_three_times_its_activations_and_parameters() {
    let (batch, widths) = (64, [784, 256, 128, 10]);
    let classes: Vec<usize> = (0..batch).map(|i| i % 10).collect();
    let step = || {
        let x = Rng::new(3).normal_tensor(&[batch, 784], 0.0, 1.0);
        Mlp::new(&widths).step(&x, &classes);
    };
    // The product keeps a workspace for each thread that ever multiplied, as large as the caches
    // and reserved once, whenever that thread first helps. It belongs to the process, not to a
    // step: of more steps than there are threads, at least one reserves none.
    let steps = 0..=rayon::current_num_threads();
    let peak = steps.map(|_| peak_of(step)).min().expect("there is a step");
    let activations: usize = widths.iter().map(|width| batch * width).sum();
    let parameters: usize = widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum();
    let least = 4 * (activations + parameters);
    let times = peak as f64 / least as f64;
    println!("peak of a step: {peak} bytes, {times:.2} times activations and parameters");
    assert!(times <= 3.0, "{peak} bytes are {times:.2} times {least}");
    // A counter that missed the step would be far below: values, gradients and weights alone.
    assert!(times > 1.5, "{peak} bytes are {times:.2} times {least}: what was counted?");
}
