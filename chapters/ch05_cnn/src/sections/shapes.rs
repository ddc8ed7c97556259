//! The section `shapes`: stride, padding, dilation, channels; shifts, pools, what is left.

use lesson::{Run, Value, thousands};
use tensor::pictures::window::places;
use tensor::pictures::{Conv, Pool};
use tensor::{Rng, Tensor};

use crate::figures;
use crate::photo::{photo, smaller};
use crate::shapes::{
    Window, conv_parameters, dense_parameters, receptive_fields, shifted, sides,
};

/// The windows of the page's figure, on five pixels a side: what they are called, and
/// kernel, stride, padding and dilation.
pub(crate) const SHOWN: [(&str, [usize; 4]); 4] = [
    ("stride 1", [3, 1, 0, 1]),
    ("stride 2", [3, 2, 0, 1]),
    ("padding 1", [3, 1, 1, 1]),
    ("dilation 2", [3, 1, 0, 2]),
];

/// Pixels along a side of the picture that is pooled until nothing is left.
const SMALL: usize = 30;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    run.figure("windows", figures::shapes::windows()?)?;
    counts(run)?;
    fields(run)?;
    shifts(run)?;
    vanish(run)
}

/// Output sizes, and parameters of a convolution against a dense layer.
fn counts(run: &mut Run) -> anyhow::Result<()> {
    run.say("A window along 28 pixels:");
    let rows = [
        [3, 1, 0, 1],
        [3, 1, 1, 1],
        [5, 1, 2, 1],
        [3, 2, 1, 1],
        [2, 2, 0, 1],
        [3, 1, 0, 2],
    ];
    let row = |[kernel, stride, padding, dilation]: [usize; 4]| {
        let places = places(28, kernel, stride, padding, dilation).unwrap_or(0);
        [kernel, stride, padding, dilation, places]
    };
    run.table(
        &["kernel", "stride", "padding", "dilation", "places"],
        rows.map(row),
    );
    let conv = conv_parameters([3, 16], [3, 3]);
    let dense = dense_parameters([3, 32, 32], [16, 32, 32]);
    run.say("\nFrom 3 channels of 32 by 32 pixels to 16:");
    run.table(
        &["layer", "numbers to learn"],
        [
            ["3×3 convolution", &thousands(conv)],
            ["dense", &thousands(dense)],
        ],
    );
    run.record("conv_parameters", Value::count(conv))?;
    run.record("dense_parameters", Value::count(dense))
}

/// How far numbers behind several windows see.
fn fields(run: &mut Run) -> anyhow::Result<()> {
    let (three, pool) = (Window::new(3), Window::new(2).stride(2));
    let stacks = [
        ("four of 3×3", [three; 4]),
        ("four of 3×3, stride 2", [three.stride(2); 4]),
        ("twice 3×3 and a pool of 2", [three, pool, three, pool]),
        (
            "four of 3×3, dilation 1, 2, 4, 8",
            [1, 2, 4, 8].map(|dilation| three.dilation(dilation)),
        ),
    ];
    run.say("\nPixels along an axis that a number depends on, layer by layer:");
    run.table(
        &["windows", "1", "2", "3", "4"],
        stacks.map(|(name, windows)| {
            let fields = receptive_fields(&windows).into_iter();
            let fields = fields.map(|field| field.to_string());
            [vec![name.to_string()], fields.collect()].concat()
        }),
    );
    run.figure("fields", figures::shapes::fields()?)
}

/// The largest difference between "shift, then slide" and "slide, then shift".
fn difference(
    of: impl Fn(&Tensor) -> Tensor,
    x: &Tensor,
    by: usize,
    then: usize,
) -> f32 {
    let first = of(&shifted(x, [0, by]));
    let last = shifted(&of(x), [0, then]);
    // Where zeros moved in, the two look at different pixels: compare what is left.
    let [_, _, h, w] = first.dims();
    let inside = |x: &Tensor| x.slice(2, 1..h - 1).slice(3, then + 1..w - 1);
    (inside(&first) - inside(&last)).abs().max().item()
}

/// Which windows a shift of the picture passes through.
fn shifts(run: &mut Run) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed()).fork("shifts");
    let x = smaller(&photo()?, 2); // [70, 70]
    let x = x.slice(0, 0..64).slice(1, 0..64).reshape(&[1, 1, 64, 64]); // [N, C, H, W]
    let weight = rng.normal_tensor(&[4, 1, 3, 3], 0.0, 1.0); // [O, C, KH, KW]
    let conv = |stride| {
        let how = Conv::default().padding(1).stride(stride);
        move |weight: &Tensor, x: &Tensor| x.conv2d(weight, None, how)
    };
    let pool = |x: &Tensor| x.max_pool2d(Pool::new(2));
    let rows = [
        (
            "convolution, stride 1, picture moved by 1",
            "conv_shift_1",
            difference(|x| conv(1)(&weight, x), &x, 1, 1),
        ),
        (
            "convolution, stride 2, picture moved by 2",
            "stride_shift_2",
            difference(|x| conv(2)(&weight, x), &x, 2, 1),
        ),
        (
            "convolution, stride 2, picture moved by 1",
            "stride_shift_1",
            difference(|x| conv(2)(&weight, x), &x, 1, 0),
        ),
        (
            "max pool of 2, picture moved by 2",
            "pool_shift_2",
            difference(pool, &x, 2, 1),
        ),
        (
            "max pool of 2, picture moved by 1",
            "pool_shift_1",
            difference(pool, &x, 1, 0),
        ),
    ];
    run.say("\nFirst move the photo, or first slide: the largest difference.");
    run.table(
        &["window", "difference"],
        rows.map(|(words, _, apart)| [words.to_owned(), format!("{apart:.2}")]),
    );
    for (_, name, apart) in rows {
        run.record(name, Value::number(apart).tolerance(1e-3))?;
    }
    Ok(())
}

/// Five pools on a picture of 30 pixels: what each leaves.
fn vanish(run: &mut Run) -> anyhow::Result<()> {
    let pool = Window::new(2).stride(2);
    let all = sides(SMALL, &[pool; 5]);
    run.say(format!(
        "\nPools of 2 on {SMALL} pixels leave {all:?}: the fifth finds no place."
    ));
    run.record("pools_that_fit", Value::count(all.len() - 1))?;
    let picture = smaller(&photo()?, 4).slice(0, 0..SMALL).slice(1, 0..SMALL);
    let mut x = picture.reshape(&[1, 1, SMALL, SMALL]); // [N, C, H, W]
    let mut pictures = vec![x.clone()];
    for _ in 1..all.len() {
        x = x.max_pool2d(Pool::new(2)); // [1, 1, H / 2, W / 2]
        pictures.push(x.clone());
    }
    run.figure("pools", figures::shapes::pools(&pictures)?)
}
