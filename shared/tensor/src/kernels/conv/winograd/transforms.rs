//! The three transforms: of the input, of the kernels, of the products.

/// Numbers along the side of a patch, and in all of it.
pub(super) const SIDE: usize = 4;
pub(super) const PATCH: usize = SIDE * SIDE;

/// Output channels that are multiplied together, and a number of each.
pub(super) const LANES: usize = 16;
pub(super) type Lanes = [f32; LANES];

/// Bᵀ, row by row: a number of the patch, plus or minus another one.
pub(super) const INPUT: [(usize, f32, usize); SIDE] =
    [(0, -1.0, 2), (1, 1.0, 2), (2, -1.0, 1), (1, -1.0, 3)];

/// A row of Bᵀ, for many patches side by side: `a + sign * b`.
#[inline(always)]
pub(super) fn input(target: &mut [f32], a: &[f32], sign: f32, b: &[f32]) {
    for ((target, a), b) in target.iter_mut().zip(a).zip(b) {
        *target = a + sign * b;
    }
}

/// G times a row or a column of a kernel.
pub(super) fn kernel([a, b, c]: [f32; 3]) -> [f32; SIDE] {
    [a, (a + b + c) / 2.0, (a - b + c) / 2.0, c]
}

/// `Aᵀ M A` plus the bias, for many channels: two rows of two results.
#[inline(always)]
pub(super) fn output(m: [&Lanes; PATCH], bias: &Lanes, [upper, lower]: [&mut [Lanes; 2]; 2]) {
    for l in 0..LANES {
        let column = |j: usize| {
            let [a, b, c, d] = [m[j][l], m[SIDE + j][l], m[2 * SIDE + j][l], m[3 * SIDE + j][l]];
            (a + b + c, b - c - d)
        };
        let [a, b, c, d] = [column(0), column(1), column(2), column(3)];
        upper[0][l] = a.0 + b.0 + c.0 + bias[l];
        upper[1][l] = b.0 - c.0 - d.0 + bias[l];
        lower[0][l] = a.1 + b.1 + c.1 + bias[l];
        lower[1][l] = b.1 - c.1 - d.1 + bias[l];
    }
}

#[cfg(test)]
mod tests {
    use super::{INPUT, LANES, PATCH, SIDE, input, kernel, output};

    /// One patch and one kernel of whole numbers, all by the definition.
    #[test]
    fn four_results_from_sixteen_products() {
        let patch = [
            [3.0, -1.0, 4.0, 1.0],
            [5.0, 9.0, 2.0, 6.0],
            [5.0, 3.0, 5.0, 8.0],
            [9.0, 7.0, 9.0, 3.0],
        ];
        let window = [[2.0, 7.0, 1.0], [8.0, -2.0, 8.0], [1.0, 8.0, 2.0]];

        let rows = INPUT.map(|(a, sign, b)| {
            let mut row = [0.0; SIDE];
            input(&mut row, &patch[a], sign, &patch[b]);
            row
        });
        let patch_mixed = rows.map(|row| INPUT.map(|(a, sign, b)| row[a] + sign * row[b]));
        let [a, b, c] = window.map(kernel);
        let columns: [[f32; SIDE]; SIDE] = std::array::from_fn(|j| kernel([a[j], b[j], c[j]]));
        let products: [_; PATCH] = std::array::from_fn(|k| {
            let (i, j) = (k / SIDE, k % SIDE);
            [patch_mixed[i][j] * columns[j][i]; LANES]
        });
        let mut results = [[[0.0; LANES]; 2]; 2];
        let [upper, lower] = &mut results;
        output(products.each_ref(), &[100.0; LANES], [upper, lower]);

        for (y, row) in results.iter().enumerate() {
            for (x, result) in row.iter().enumerate() {
                let under = |(i, j): (usize, usize)| patch[y + i][x + j] * window[i][j];
                let places = (0..3).flat_map(|i| (0..3).map(move |j| (i, j)));
                let expected: f32 = 100.0 + places.map(under).sum::<f32>();
                assert_eq!(result, &[expected; LANES]);
            }
        }
    }
}
