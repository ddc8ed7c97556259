//! What lesson 5 claims of its nets: what they cost, what comes out, and what they learn.

use ch05_cnn::digits::Digits;
use ch05_cnn::models::cost::{Counted, Walk};
use ch05_cnn::models::{AlexNet, InceptionNet, LeNet, Nin, Vgg};
use ch05_cnn::practice::squares;
use ch05_cnn::shake::Shake;
use ch05_cnn::stored::digit_reader;
use ch05_cnn::training::{Changed, Settings, right, trainer};
use nn::checkpoint::Begin;
use nn::data::Labelled;
use nn::train::Trainer;
use nn::{Net, Pass};
use tensor::{Rng, Tensor, assert_close};

/// A generator for the nets of a test.
fn rng() -> Rng {
    Rng::new(5).fork("nets")
}

/// That a walk counts what the net has, and ends in the shape that comes out.
fn walked(net: &(impl Net + Counted), picture: [usize; 3]) -> Walk {
    let walk = net.walk(Walk::new(picture));
    assert_eq!(walk.parameters(), net.parameter_count());
    let [c, h, w] = picture;
    let x = Tensor::zeros(&[2, c, h, w]);
    let out = net.forward(&x, &mut Pass::Use);
    assert_eq!(out.shape(), [2, walk.shape()[0]]);
    walk
}

#[test]
fn lenet_counted_by_hand() {
    let walk = walked(&LeNet::new(1, 28, 10, &mut rng()), [1, 28, 28]);
    let counts: Vec<[usize; 2]> = walk
        .steps
        .iter()
        .map(|step| [step.parameters, step.multiply_adds])
        .collect();
    assert_eq!(
        counts,
        [
            [6 * 26, 6 * 28 * 28 * 25],
            [0, 0],
            [16 * (6 * 25 + 1), 16 * 10 * 10 * 6 * 25],
            [0, 0],
            [120 * 401, 120 * 400],
            [84 * 121, 84 * 120],
            [10 * 85, 10 * 84],
        ]
    );
    assert_eq!(walk.parameters(), 61_706);
    assert_eq!(walk.multiply_adds(), 416_520);
}

#[test]
fn every_walk_counts_what_its_net_has() {
    for picture in [[1, 28, 28], [3, 32, 32]] {
        let [c, side, _] = picture;
        walked(&LeNet::new(c, side, 10, &mut rng()), picture);
        walked(&AlexNet::new(c, side, 10, &mut rng()), picture);
        walked(&Vgg::new(c, &[16, 32, 64], 2, 10, &mut rng()), picture);
        walked(&Nin::new(c, 10, &mut rng()), picture);
        walked(&InceptionNet::new(c, 10, &mut rng()), picture);
    }
}

#[test]
fn a_pool_that_finds_nothing_says_so() {
    let caught = std::panic::catch_unwind(|| AlexNet::new(1, 14, 10, &mut rng()));
    let message = caught
        .err()
        .and_then(|error| error.downcast::<String>().ok());
    let message = message.expect("14 pixels are too few");
    assert!(
        message.contains("at least 15 pixels a side, got 14"),
        "{message}"
    );
}

#[test]
fn the_branches_of_inception_lie_on_top_of_each_other() {
    let net = InceptionNet::new(24, 10, &mut rng());
    let block = &net.blocks[0];
    let x = rng().normal_tensor(&[2, 24, 6, 6], 0.0, 1.0);
    let y = block.forward(&x);
    assert_eq!(y.shape(), [2, 32, 6, 6]);
    assert_close!(y.slice(1, 0..8), block.one.forward(&x).relu(), 1e-6);
    let [fewer, wide] = &block.five;
    let five = wide.forward(&fewer.forward(&x).relu()).relu();
    assert_close!(y.slice(1, 24..28), five, 1e-6);
}

#[test]
fn a_window_of_one_pixel_is_a_dense_layer_at_every_place() {
    let block = ch05_cnn::models::nin::Block::new(3, [4, 5, 6], 1, &mut rng());
    let x = rng().normal_tensor(&[2, 3, 4, 4], 0.0, 1.0); // [N, C, H, W]
    let y = block.forward(&x);
    let pixel = x.slice(2, 1..2).slice(3, 2..3);
    let alone = block.forward(&pixel);
    assert_close!(y.slice(2, 1..2).slice(3, 2..3), alone, 1e-5);
}

#[test]
fn shaken_pictures_keep_their_ink_and_still_ones_do_not_move() {
    let mut pixels = vec![0.0; 28 * 28];
    pixels[14 * 28 + 9] = 1.0; // a dot near the middle never leaves the frame
    let dot = Tensor::from_vec(pixels, &[1, 1, 28, 28]);
    let of = |shake: Shake, seed| {
        let batch = Labelled::new(dot.clone(), vec![3]);
        shake.apply(batch, &mut Rng::new(seed))
    };
    let still = Shake {
        moved: 0.0,
        slant: 0.0,
        mirror: false,
    };
    assert_eq!(of(still, 1).x.to_vec(), dot.to_vec());
    let mut places = std::collections::BTreeSet::new();
    for seed in 0..200 {
        let moved = of(
            Shake {
                moved: 2.0,
                ..still
            },
            seed,
        );
        assert_eq!((moved.x.sum().item(), moved.classes[0]), (1.0, 3));
        let place = moved.x.reshape(&[1, 784]).argmax(1)[0];
        let (row, column) = (place / 28, place % 28);
        assert!(row.abs_diff(14) <= 2 && column.abs_diff(9) <= 2);
        places.insert(place);
    }
    assert!(places.len() > 15, "{} places", places.len());
    let mirrored = (0..20).map(|seed| {
        of(
            Shake {
                mirror: true,
                ..still
            },
            seed,
        )
    });
    let at = |x: &Tensor| x.reshape(&[1, 784]).argmax(1)[0] % 28;
    let columns: Vec<usize> = mirrored.map(|batch| at(&batch.x)).collect();
    assert!(columns.contains(&9) && columns.contains(&18), "{columns:?}");
}

/// A short training: its settings, its pictures.
fn short() -> (Settings, Labelled) {
    let settings = Settings {
        peak: 0.004,
        batch: 32,
        epochs: 3,
    };
    let digits = Digits::load().expect("the digits come with the course");
    (settings, squares(&digits.first(640, 1).training))
}

#[test]
fn a_training_that_is_stopped_goes_on_to_the_same_bytes() {
    let (settings, training) = short();
    let fresh = || {
        let mut rng = rng();
        let net = LeNet::new(1, 28, 10, &mut rng);
        trainer(net, &settings, training.len(), &rng)
    };
    let task = Changed {
        training: &training,
        validation: None,
        change: |batch, rng: &mut Rng| Shake::DIGITS.apply(batch, rng),
    };
    let folder = tempfile::tempdir().expect("a folder for the checkpoint");
    let file = folder.path().join("digits.safetensors");
    let on = |_: &Trainer<LeNet>| anyhow::Ok(());
    let mut whole = fresh();
    whole
        .fit_kept(&task, &file, "digits", on)
        .expect("it trains");
    let mut part = fresh();
    part.begin(&file, "digits", Begin::Afresh)
        .expect("the old checkpoint goes");
    assert!(!file.exists());
    let stop = part.fit_kept(&task, &file, "digits", |part| {
        anyhow::ensure!(part.optimizer.steps() != 25, "stopped");
        Ok(())
    });
    assert!(stop.is_err());
    let mut last = fresh();
    last.begin(&file, "digits", Begin::Resumed)
        .expect("there is a checkpoint");
    assert_eq!(last.optimizer.steps(), 25);
    last.fit_kept(&task, &file, "digits", on)
        .expect("it goes on");
    assert_eq!(last.to_bytes("same"), whole.to_bytes("same"));
    let first = whole.history.first().map_or(0.0, |epoch| epoch.loss);
    let last = whole.history.last().map_or(f64::NAN, |epoch| epoch.loss);
    assert!(last < 0.7 * first, "from {first} to {last}");
}

#[test]
fn the_stored_weights_reach_what_was_recorded_with_them() {
    let net = digit_reader().expect("the weights come with the course");
    let digits = Digits::load().expect("the digits come with the course");
    let reached = right(&net, &squares(&digits.test));
    let readme = datasets::store::data_dir().join("models/README.md");
    let readme = std::fs::read_to_string(readme).expect("it comes with the course");
    let recorded = readme.lines().find_map(|line| {
        let (count, _) = line
            .strip_prefix("- **Test digits right:** ")?
            .split_once(" of")?;
        count.replace(',', "").parse::<f32>().ok()
    });
    let recorded = recorded.expect("README.md says how many are right") / 2000.0;
    assert!(
        (reached - recorded).abs() < 1e-3,
        "{reached}, recorded {recorded}"
    );
}
