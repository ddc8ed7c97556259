//! Rows for columns: a tile has a row for each place, a picture has one for each channel.

/// The side of the squares that are turned at once.
const SIDE: usize = 8;
type Square = [[f32; SIDE]; SIDE];

/// Turns rows into columns; their numbers are multiples of eight.
#[inline(always)]
pub(super) fn turn<const R: usize, const C: usize>(
    rows: &[[f32; C]; R],
    columns: &mut [[f32; R]; C],
) {
    for i in 0..R / SIDE {
        for j in 0..C / SIDE {
            let mut square = [[0.0; SIDE]; SIDE];
            for k in 0..SIDE {
                square[k] = rows[i * SIDE + k].as_chunks().0[j];
            }
            let square = turned(square);
            for k in 0..SIDE {
                columns[j * SIDE + k].as_chunks_mut().0[i] = square[k];
            }
        }
    }
}

/// A square whose rows are the columns of this one, within registers where the processor can:
/// number after number takes as long as the sums of a small window.
#[inline(always)]
fn turned(square: Square) -> Square {
    #[cfg(target_arch = "x86_64")]
    if let Some(simd) = pulp::x86::V3::try_new() {
        return pulp::cast(by_shuffles(simd.avx, pulp::cast(square)));
    }
    std::array::from_fn(|row| std::array::from_fn(|column| square[column][row]))
}

#[cfg(target_arch = "x86_64")]
type Vectors = [std::arch::x86_64::__m256; SIDE];

/// Three times pairs of rows are mixed: by single numbers, by pairs, by halves.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn by_shuffles(avx: pulp::core_arch::x86::Avx, rows: Vectors) -> Vectors {
    let [a, b, c, d, e, f, g, h] = rows;
    let low = [(a, b), (c, d), (e, f), (g, h)].map(|(x, y)| avx._mm256_unpacklo_ps(x, y));
    let high = [(a, b), (c, d), (e, f), (g, h)].map(|(x, y)| avx._mm256_unpackhi_ps(x, y));
    let pairs = |[a, b, c, d]: [_; 4]| {
        let front = [(a, b), (c, d)].map(|(x, y)| avx._mm256_shuffle_ps::<0x44>(x, y));
        let back = [(a, b), (c, d)].map(|(x, y)| avx._mm256_shuffle_ps::<0xEE>(x, y));
        [front, back]
    };
    let [[a, b], [c, d]] = pairs(low);
    let [[e, f], [g, h]] = pairs(high);
    let halves = [(a, b), (c, d), (e, f), (g, h)];
    let [a, b, c, d] = halves.map(|(x, y)| avx._mm256_permute2f128_ps::<0x20>(x, y));
    let [e, f, g, h] = halves.map(|(x, y)| avx._mm256_permute2f128_ps::<0x31>(x, y));
    [a, b, c, d, e, f, g, h]
}
