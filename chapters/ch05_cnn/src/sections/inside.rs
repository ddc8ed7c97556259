//! The section `inside`: filters, maps, and where a net looks.

use lesson::{Run, Value, percent};
use nn::classify::logits;
use nn::data::Labelled;
use tensor::{Rng, Tensor, no_grad};

use crate::digits::{Digits, SIDE};
use crate::figures;
use crate::inside::{erased, first_maps, looked_at, share_inside};
use crate::models::LeNet;
use crate::pasted::{SMALL, background, pasted};
use crate::photo::{photo, smaller};
use crate::practice::{plain, practise, right, squares};

/// Passes over the training pictures.
const PASSES: usize = 3;
/// Passes over the pasted digits, which are harder.
const PASTED_PASSES: usize = 6;
/// Pictures in a row of the figures.
const SHOWN: usize = 6;
/// Pixels of ink that are erased to see what they were worth.
const ERASED: usize = 20;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let digits = digits.first(run.choose(200, 8000, 8000), run.choose(50, 1000, 1000));
    let [training, test] = [&digits.training, &digits.test].map(squares);
    let mut rng = Rng::new(run.seed()).fork("inside");
    let passes = run.choose(1, PASSES, PASSES);
    let net = plain(&training, passes, &mut rng);
    filters(run, &net, &test)?;
    cams(run, &net, &test, "digits")?;
    let clothes = clothes(run)?;
    let [training_clothes, test_clothes] = &clothes;
    let of_clothes = plain(training_clothes, passes, &mut rng);
    cams(run, &of_clothes, test_clothes, "clothes")?;
    found(run, &training, &test, &mut rng)
}

/// Training and test pictures of clothes.
fn clothes(run: &Run) -> anyhow::Result<[Labelled; 2]> {
    let first = |images: datasets::Images, n: usize| {
        let rows: Vec<usize> = (0..n).collect();
        let images = images.subset(&rows);
        let x = Tensor::from_array(images.to_f32()); // [N, 784]
        squares(&Labelled::new(x, images.targets()))
    };
    Ok([
        first(datasets::fashion10k()?, run.choose(200, 8000, 8000)),
        first(datasets::fashion_test()?, run.choose(50, 1000, 1000)),
    ])
}

/// The first layer's windows, and what they make of a digit and of a photo.
fn filters(run: &mut Run, net: &LeNet, test: &Labelled) -> anyhow::Result<()> {
    let five = test
        .classes
        .iter()
        .position(|&class| class == 5)
        .unwrap_or(0);
    let digit = test.pick(&[five]).x; // [1, 1, 28, 28]
    let photo = smaller(&photo()?, 2); // [70, 70]
    let [h, w] = photo.dims();
    let photo = photo.reshape(&[1, 1, h, w]);
    let maps = [&digit, &photo].map(|x| no_grad(|| first_maps(net, x)));
    let silent = maps[0].to_vec().iter().filter(|&&x| x == 0.0).count();
    let silent = silent as f32 / maps[0].len() as f32;
    run.say(format!(
        "The six first windows on a five: {} of what they say is 0.",
        percent(silent)
    ));
    run.record("silent", Value::fraction(silent).tolerance(0.2))?;
    let weights = net.conv1.weight.detach(); // [6, 1, 5, 5]
    run.figure(
        "first_layer",
        figures::inside::first_layer(&weights, &maps)?,
    )
}

/// Grad-CAM on test pictures, and what the hottest pixels are worth.
fn cams(run: &mut Run, net: &LeNet, test: &Labelled, what: &str) -> anyhow::Result<()> {
    let answers = logits(net, &test.x).argmax(1);
    let heat = looked_at(net, &test.x, &answers); // [N, 28, 28]
    let mut rng = Rng::new(run.seed()).fork("erased");
    let anyhow = rng.uniform_tensor(heat.shape(), 0.0, 1.0); // a map that knows nothing
    let without = |heat: &Tensor| {
        let x = erased(&test.x, heat, ERASED); // [N, 1, 28, 28]
        right(net, &Labelled::new(x, test.classes.clone()))
    };
    let all = [
        ("as they are", "read", right(net, test)),
        (
            "without the ink where the map is hottest",
            "hot",
            without(&heat),
        ),
        (
            "without the ink where it is coldest",
            "cold",
            without(&-&heat),
        ),
        ("without ink chosen at random", "random", without(&anyhow)),
    ];
    run.say("");
    let head = [&format!("test {what}, {ERASED} pixels erased"), "right"];
    run.table(
        &head,
        all.map(|(words, _, read)| [words.to_owned(), percent(read)]),
    );
    for (_, name, read) in all {
        let value = Value::fraction(read).tolerance(0.08);
        run.record(&format!("cam_{what}_{name}"), value)?;
    }
    let shown: Vec<usize> = match what {
        "digits" => (0..10)
            .filter_map(|class| test.classes.iter().position(|&c| c == class))
            .collect(),
        _ => (0..2 * SHOWN).collect(),
    };
    let shown = &shown[..shown.len().min(SHOWN)];
    let (x, heat) = (test.x.select(0, shown), heat.select(0, shown));
    let names = |row: &usize| match what {
        "digits" => answers[*row].to_string(),
        _ => CLOTHES[answers[*row]].to_owned(),
    };
    let names: Vec<String> = shown.iter().map(names).collect();
    run.figure(
        &format!("cam_{what}"),
        figures::inside::cams(&x, &heat, &names)?,
    )
}

/// What the classes of clothes are called.
const CLOTHES: [&str; 10] = [
    "T-shirt", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker",
    "bag", "boot",
];

/// Digits pasted on photos: does the map find them?
fn found(
    run: &mut Run,
    training: &Labelled,
    test: &Labelled,
    rng: &mut Rng,
) -> anyhow::Result<()> {
    let photos = [background("astronaut")?, background("camera")?];
    let others = [background("chelsea")?];
    let mut net = LeNet::new(1, SIDE, 10, rng);
    let passes = run.choose(1, PASTED_PASSES, PASTED_PASSES);
    practise(&mut net, training, passes, rng, |_, batch, rng| {
        pasted(&batch, &photos, rng).0
    });
    let (test, corners) =
        pasted(test, &others, &mut Rng::new(run.seed()).fork("pasted"));
    let answers = logits(&net, &test.x).argmax(1);
    let heat = looked_at(&net, &test.x, &answers); // [N, 28, 28]
    let shares: Vec<f32> = (0..test.len())
        .map(|row| {
            let map = heat.select(0, &[row]).reshape(&[SIDE, SIDE]);
            let [rows, columns] = corners[row].map(|from| [from, from + SMALL]);
            share_inside(&map, rows, columns)
        })
        .collect();
    let mean = |wanted: bool| {
        let right = |row: &usize| (answers[*row] == test.classes[*row]) == wanted;
        let rows: Vec<usize> = (0..test.len()).filter(right).collect();
        rows.iter().map(|&row| shares[row]).sum::<f32>() / rows.len().max(1) as f32
    };
    let (read, wrong) = (mean(true), mean(false));
    let accuracy = right(&net, &test);
    run.say(format!(
        "\nDigits pasted on a photo that the net has not seen: {} read. The box around the \
         digit is\n{} of the picture and holds {} of the heat, {} where the answer is wrong.",
        percent(accuracy),
        percent(0.25),
        percent(read),
        percent(wrong)
    ));
    run.record("pasted_read", Value::fraction(accuracy).tolerance(0.05))?;
    run.record("pasted_inside", Value::fraction(read).tolerance(0.08))?;
    run.record("pasted_inside_wrong", Value::fraction(wrong).tolerance(0.1))?;
    let rows: Vec<usize> = (0..SHOWN).collect();
    let names = |row: &usize| match answers[*row] == test.classes[*row] {
        true => answers[*row].to_string(),
        false => format!("{}, is {}", answers[*row], test.classes[*row]),
    };
    let names: Vec<String> = rows.iter().map(names).collect();
    let (x, heat) = (test.x.select(0, &rows), heat.select(0, &rows));
    run.figure("cam_pasted", figures::inside::cams(&x, &heat, &names)?)
}
