//! The section `anchors`: shapes by k-means, and SSD's default boxes.

use lesson::{Run, Value, percent, thousands};
use tensor::Rng;

use crate::anchors::{kmeans, kmeans_by_pixels, mean_iou, shapes};
use crate::boxes::{BBox, Object};
use crate::figures;
use crate::figures::anchors::Fit;
use crate::scenes::{CLASSES, SIDE, Scenes, Split};
use crate::set::{Example, Set};
use crate::ssd::{Map, default_boxes, match_boxes, paper_shapes, ssd300};

/// Numbers of anchors that are tried.
const TRIED: usize = 9;

/// Anchors of a cell that the lesson's net has.
const TAKEN: usize = 3;

/// Pixels of the picture from one cell of the lesson's net to the next.
const STRIDE: usize = 8;

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let set = boxes(run)?;
    clusters(run, &set)?;
    counted(run)?;
    covered(run, &set)?;
    run.figure("anchors_maps", figures::anchors::maps()?)
}

/// The training scenes without their pixels, which nobody looks at here.
fn boxes(run: &Run) -> anyhow::Result<Set> {
    let scenes = Scenes::new(Split::Training, run.seed())?;
    let example = |i: usize| Example {
        name: i.to_string(),
        picture: ndarray::Array3::zeros((0, 0, 3)),
        objects: scenes.plan(i).objects(),
    };
    Ok(Set {
        name: "boxes".to_owned(),
        classes: CLASSES.map(str::to_owned).to_vec(),
        examples: (0..run.choose(50, 2000, 2000)).map(example).collect(),
    })
}

/// Anchors from one to nine.
fn clusters(run: &mut Run, set: &Set) -> anyhow::Result<()> {
    let shapes = shapes(set);
    let rng = Rng::new(run.seed()).fork("anchors");
    run.say(format!(
        "{} shapes; mean IoU with the best of so many anchors,\n\
         found by 1 - IoU and by the distance in pixels:",
        thousands(shapes.len())
    ));
    let mut fits = Vec::new();
    let bar = run.progress("k-means", TRIED);
    for k in 1..=TRIED {
        let mut rng = rng.fork(&k.to_string());
        fits.push(Fit {
            by_iou: mean_iou(&shapes, &kmeans(&shapes, k, &mut rng)),
            by_pixels: mean_iou(&shapes, &kmeans_by_pixels(&shapes, k, &mut rng)),
        });
        bar.step()?;
    }
    drop(bar);
    let rows = fits.iter().enumerate().map(|(i, fit)| {
        [
            (i + 1).to_string(),
            format!("{:.3}", fit.by_iou),
            format!("{:.3}", fit.by_pixels),
        ]
    });
    run.table(&["anchors", "1 - IoU", "pixels"], rows);
    for (i, fit) in fits.iter().enumerate() {
        let k = i + 1;
        run.record(
            &format!("anchors_iou_{k}"),
            Value::number(fit.by_iou).tolerance(2e-3),
        )?;
        let pixels = Value::number(fit.by_pixels).tolerance(2e-3);
        run.record(&format!("anchors_pixels_{k}"), pixels)?;
    }
    let anchors = kmeans(&shapes, TAKEN, &mut rng.fork(&TAKEN.to_string()));
    let words = anchors.iter().map(|[w, h]| format!("{w:.0} × {h:.0}"));
    let words: Vec<String> = words.collect();
    run.say(format!("\nthree anchors: {}", words.join(", ")));
    for (i, [w, h]) in anchors.iter().enumerate() {
        run.record(
            &format!("anchor_{i}_width"),
            Value::number(*w).unit("px").tolerance(1.0),
        )?;
        run.record(
            &format!("anchor_{i}_height"),
            Value::number(*h).unit("px").tolerance(1.0),
        )?;
    }
    run.figure("anchors_elbow", figures::anchors::elbow(&fits)?)?;
    run.figure(
        "anchors_shapes",
        figures::anchors::shapes(&shapes, &anchors)?,
    )
}

/// SSD300's default boxes, map by map.
fn counted(run: &mut Run) -> anyhow::Result<()> {
    let maps = ssd300();
    run.say("\nSSD300's default boxes:");
    let rows = maps.iter().map(|map| {
        let [rows, columns] = map.size;
        let all = default_boxes(std::slice::from_ref(map)).len();
        let side = format!("{:.0}", map.shapes[0][0]);
        [
            format!("{rows} × {columns}"),
            map.shapes.len().to_string(),
            side,
            thousands(all),
        ]
    });
    run.table(&["map", "a place", "side, px", "boxes"], rows);
    let all = default_boxes(&maps).len();
    run.say(format!("together {}", thousands(all)));
    run.record("ssd300_boxes", Value::count(all))
}

/// SSD's rule for pictures as small as the scenes: three maps whose squares grow from
/// 16 to 64 pixels.
pub(super) fn small_maps() -> [Map; 3] {
    let sides = [16.0, 32.0, 64.0, 128.0];
    std::array::from_fn(|i| {
        let stride = STRIDE << i;
        Map {
            size: [SIDE / stride; 2],
            stride: stride as f32,
            shapes: paper_shapes(sides[i], sides[i + 1], &[2.0]),
        }
    })
}

/// How much of the scenes' objects default boxes cover before anything is learnt.
fn covered(run: &mut Run, set: &Set) -> anyhow::Result<()> {
    let mut rng = Rng::new(run.seed())
        .fork("anchors")
        .fork(&TAKEN.to_string());
    let anchors = kmeans(&shapes(set), TAKEN, &mut rng);
    let one = Map {
        size: [SIDE / STRIDE; 2],
        stride: STRIDE as f32,
        shapes: anchors,
    };
    let ways = [
        ("one map, three anchors", "anchors_cover", vec![one]),
        ("three maps, SSD's rule", "ssd_cover", small_maps().to_vec()),
    ];
    run.say(
        "\nObjects that some box covers by half before anything is learnt,\n\
         and matched boxes for each object:",
    );
    let mut rows = Vec::new();
    for (words, name, maps) in ways {
        let defaults = default_boxes(&maps);
        let sets = set.examples.iter().map(|example| &*example.objects);
        let counts: Vec<[usize; 2]> =
            sets.map(|objects| reached(&defaults, objects)).collect();
        let objects: usize = set
            .examples
            .iter()
            .map(|example| example.objects.len())
            .sum();
        let share = |i: usize| {
            let sum: usize = counts.iter().map(|count| count[i]).sum();
            sum as f32 / objects as f32
        };
        let boxes = thousands(defaults.len());
        rows.push([
            words.to_owned(),
            boxes,
            percent(share(0)),
            format!("{:.2}", share(1)),
        ]);
        run.record(name, Value::fraction(share(0)).tolerance(5e-3))?;
        run.record(&format!("{name}_boxes"), Value::count(defaults.len()))?;
        run.record(
            &format!("{name}_matches"),
            Value::number(share(1)).tolerance(0.05),
        )?;
    }
    run.table(&["boxes", "how many", "objects", "matches"], rows);
    Ok(())
}

/// Objects that some default box covers by half, and matched default boxes.
fn reached(defaults: &[BBox], objects: &[Object]) -> [usize; 2] {
    let best = |object: &&Object| defaults.iter().any(|d| d.covers(object.bbox, 0.5));
    let matched = match_boxes(defaults, objects);
    [
        objects.iter().filter(best).count(),
        matched.iter().flatten().count(),
    ]
}
