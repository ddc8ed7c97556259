//! The loop that changes parameters where they lie.

use std::array::from_fn;

#[cfg(not(target_arch = "wasm32"))]
use rayon::prelude::*;

/// Numbers that one thread takes at a time. Chosen by us: some ten microseconds of work.
const CHUNK: usize = 16_384;

/// Numbers that go through the rule side by side, so that the compiler uses vector instructions.
const LANES: usize = 16;

/// A part of the parameter, its gradient and the optimiser's state.
type Part<'a, const N: usize> = (&'a mut [f32], &'a [f32], [&'a mut [f32]; N]);

/// Replaces each weight and its state by `rule(weight, gradient, state)`. All slices have the
/// same length. Numbers do not meet, so the split into chunks does not change the result.
pub(crate) fn update<const N: usize>(
    weights: &mut [f32],
    gradient: &[f32],
    state: [&mut [f32]; N],
    rule: &(impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Sync),
) {
    if weights.len() < 2 * CHUNK {
        return widest(|| part((weights, gradient, state), rule));
    }
    let mut state = state.map(|numbers| numbers.chunks_mut(CHUNK));
    let chunks = weights.chunks_mut(CHUNK).zip(gradient.chunks(CHUNK));
    let parts: Vec<Part<N>> = chunks
        .map(|(w, g)| (w, g, state.each_mut().map(|chunks| chunks.next().unwrap_or_default())))
        .collect();
    #[cfg(not(target_arch = "wasm32"))]
    parts.into_par_iter().for_each(|p| widest(|| part(p, rule)));
    #[cfg(target_arch = "wasm32")]
    parts.into_iter().for_each(|p| part(p, rule));
}

/// Calls `f`, compiled for the widest vector instructions that this processor has.
#[inline(always)]
fn widest(f: impl FnOnce()) {
    #[cfg(not(target_arch = "wasm32"))]
    pulp::Arch::new().dispatch(f);
    #[cfg(target_arch = "wasm32")]
    f();
}

/// One part, [`LANES`] numbers at a time and the rest one by one.
#[inline(always)]
fn part<const N: usize>(
    (weights, gradient, state): Part<N>,
    rule: &impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]),
) {
    let (weights, last_weights) = weights.as_chunks_mut::<LANES>();
    let (gradient, last_gradient) = gradient.as_chunks::<LANES>();
    let mut last_state: [&mut [f32]; N] = from_fn(|_| Default::default());
    let mut n = 0;
    let mut state = state.map(|numbers| {
        let (blocks, last) = numbers.as_chunks_mut::<LANES>();
        last_state[n] = last;
        n += 1;
        &mut blocks[..weights.len()]
    });
    for (i, (w, g)) in weights.iter_mut().zip(gradient).enumerate() {
        // Copied out and back: the compiler need not ask whether the slices overlap.
        let mut s: [[f32; LANES]; N] = from_fn(|n| state[n][i]);
        for lane in 0..LANES {
            let (new, memory) = rule(w[lane], g[lane], from_fn(|n| s[n][lane]));
            w[lane] = new;
            (0..N).for_each(|n| s[n][lane] = memory[n]);
        }
        (0..N).for_each(|n| state[n][i] = s[n]);
    }
    for (i, (w, &g)) in last_weights.iter_mut().zip(last_gradient).enumerate() {
        let (new, memory) = rule(*w, g, from_fn(|n| last_state[n][i]));
        *w = new;
        (0..N).for_each(|n| last_state[n][i] = memory[n]);
    }
}
