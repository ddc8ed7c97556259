//! How long a piece of work takes.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The shortest time that `work` took in so many calls.
///
/// Whatever else the machine does makes a call longer, never shorter: the shortest
/// is the one that says most about the work itself, and the one that comes out much
/// the same in the next run.
///
/// # Panics
///
/// If `calls` is 0.
pub fn fastest<T>(calls: usize, mut work: impl FnMut() -> T) -> Duration {
    let times = (0..calls).map(|_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    });
    times.min().expect("at least one call is timed")
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;

    use super::*;

    #[test]
    fn the_shortest_call_is_told() {
        let mut waits = [40, 5, 40].map(Duration::from_millis).into_iter();
        let time = fastest(3, || sleep(waits.next().expect("three calls")));
        assert!(time >= Duration::from_millis(5), "{time:?}");
        assert!(time < Duration::from_millis(40), "{time:?}");
        assert!(waits.next().is_none(), "every call was made");
    }
}
