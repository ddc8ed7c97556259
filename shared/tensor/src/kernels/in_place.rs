//! The loop that changes parameters where they lie.

use std::array::from_fn;

use crate::kernels::threads::share;

/// Numbers that one thread takes at a time. Chosen by us: some ten microseconds of work.
const CHUNK: usize = 16_384;

/// Chunks that are worth waking a thread for. Chosen by us.
const HANDFUL: usize = 2;

/// Numbers that go through the rule side by side, so that the compiler uses vector instructions.
const LANES: usize = 16;

/// A part of the parameter, its gradient and the optimiser's state; and the rule.
struct Part<'a, const N: usize, R> {
    weights: &'a mut [f32],
    gradient: &'a [f32],
    state: [&'a mut [f32]; N],
    rule: R,
}

/// Replaces each weight and its state by `rule(weight, gradient, state)`. All slices have the
/// same length. Numbers do not meet, so the split into chunks does not change the result.
pub(crate) fn update<const N: usize>(
    weights: &mut [f32],
    gradient: &[f32],
    state: [&mut [f32]; N],
    rule: impl Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy + Send + Sync,
) {
    let mut state = state.map(|numbers| numbers.chunks_mut(CHUNK));
    let chunks = weights.chunks_mut(CHUNK).zip(gradient.chunks(CHUNK));
    let parts: Vec<_> = chunks
        .map(|(weights, gradient)| {
            let state = state.each_mut().map(|chunks| chunks.next().unwrap_or_default());
            Part { weights, gradient, state, rule }
        })
        .collect();
    share(parts, HANDFUL, change);
}

/// Changes one part, with the widest vector instructions that this processor has.
fn change<const N: usize, R>(part: Part<N, R>)
where
    R: Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy,
{
    #[cfg(not(target_arch = "wasm32"))]
    pulp::Arch::new().dispatch(part);
    #[cfg(target_arch = "wasm32")]
    walk(part);
}

/// A closure in its place would be compiled on its own, for the narrowest instructions.
#[cfg(not(target_arch = "wasm32"))]
impl<const N: usize, R> pulp::WithSimd for Part<'_, N, R>
where
    R: Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy,
{
    type Output = ();

    #[inline(always)]
    fn with_simd<S: pulp::Simd>(self, _: S) {
        walk(self);
    }
}

/// One part, [`LANES`] numbers at a time; the rest is padded to as many.
#[inline(always)]
fn walk<const N: usize, R>(Part { weights, gradient, state, rule }: Part<N, R>)
where
    R: Fn(f32, f32, [f32; N]) -> (f32, [f32; N]) + Copy,
{
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
    (0..N).for_each(|n| *state[n] = new_state[n]);
}

/// The numbers, and zeros after them.
fn padded(numbers: &[f32]) -> [f32; LANES] {
    let mut all = [0.0; LANES];
    all[..numbers.len()].copy_from_slice(numbers);
    all
}
