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
    rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy + Sync,
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

/// One part, [`LANES`] numbers at a time; the rest is padded to as many.
#[inline(always)]
fn part<const N: usize>(
    (weights, gradient, state): Part<N>,
    rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy,
) {
    let (blocks, last) = weights.as_chunks_mut::<LANES>();
    let (gradients, last_gradient) = gradient.as_chunks::<LANES>();
    let mut rests: [&mut [f32]; N] = from_fn(|_| Default::default());
    let mut states: [std::slice::IterMut<[f32; LANES]>; N] = from_fn(|_| Default::default());
    for (n, numbers) in state.into_iter().enumerate() {
        let (blocks, rest) = numbers.as_chunks_mut::<LANES>();
        (states[n], rests[n]) = (blocks.iter_mut(), rest);
    }
    for (w, g) in blocks.iter_mut().zip(gradients) {
        block(w, g, states.each_mut().map(|blocks| blocks.next().expect("of one length")), rule);
    }
    let (mut w, g) = (padded(last), padded(last_gradient));
    let mut s = rests.each_ref().map(|rest| padded(rest));
    block(&mut w, &g, s.each_mut(), rule);
    last.copy_from_slice(&w[..last.len()]);
    rests.iter_mut().zip(s).for_each(|(rest, s)| rest.copy_from_slice(&s[..rest.len()]));
}

/// Applies the rule to [`LANES`] numbers. They are copied out and back: then the compiler need
/// not ask whether the slices overlap, and uses vector instructions.
#[inline(always)]
fn block<const N: usize>(
    weights: &mut [f32; LANES],
    gradient: &[f32; LANES],
    state: [&mut [f32; LANES]; N],
    rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy,
) {
    let (old, old_state) = (*weights, state.each_ref().map(|numbers| **numbers));
    let (mut new, mut new_state) = ([0.0; LANES], [[0.0; LANES]; N]);
    for lane in 0..LANES {
        let mut memory = [0.0; N];
        (0..N).for_each(|n| memory[n] = old_state[n][lane]);
        (new[lane], memory) = rule(old[lane], gradient[lane], memory);
        (0..N).for_each(|n| new_state[n][lane] = memory[n]);
    }
    *weights = new;
    state.into_iter().zip(new_state).for_each(|(numbers, new)| *numbers = new);
}

/// The numbers, and zeros after them.
fn padded(numbers: &[f32]) -> [f32; LANES] {
    let mut all = [0.0; LANES];
    all[..numbers.len()].copy_from_slice(numbers);
    all
}
