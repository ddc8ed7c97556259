//! The section `shift`: an MLP reads digits in the middle of a sheet, and then beside it.

use lesson::{Run, Value, percent};
use nn::classify::logits;
use nn::metrics::accuracy;
use nn::{Mlp, Module};
use tensor::{Rng, Tensor};

use crate::digits::Digits;
use crate::figures;
use crate::shift::{MIDDLE, ROOM, SHEET, anywhere, learn, moved_by, placed, reader};

/// Digits shown in a row of the figures.
const IN_A_ROW: usize = 8;

/// What a net has learnt from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sheets {
    /// Digits in the middle.
    Middle,
    /// The same, all pixels of the sheet in another order, one for all.
    Shuffled,
    /// Digits anywhere, each time somewhere else.
    Anywhere,
}

/// The share of test digits that a net reads when they are moved by 0, 1, 2, … pixels: the
/// mean over up, down, left and right.
type Read = Vec<f32>;

/// Nets that learnt from the same kind of sheets, one a seed.
pub(crate) struct Reader {
    pub(crate) read: Vec<Read>,
    nets: Vec<Mlp>,
}

/// Runs the section.
pub(crate) fn run(run: &mut Run) -> anyhow::Result<()> {
    let digits = Digits::load()?;
    let digits =
        digits.first(run.choose(1000, 8000, 8000), run.choose(200, 2000, 2000));
    let all = [Sheets::Middle, Sheets::Shuffled, Sheets::Anywhere];
    let bar = run.progress("reading", all.len() * run.few_seeds().len());
    let mut readers = Vec::new();
    for sheets in all {
        let mut reader = Reader {
            read: Vec::new(),
            nets: Vec::new(),
        };
        for seed in run.few_seeds() {
            let passes = run.choose(1, sheets.passes(), sheets.passes());
            let net = sheets.learnt(&digits, passes, seed);
            let read = (0..=ROOM).map(|by| sheets.read(&net, &digits, seed, by));
            reader.read.push(read.collect());
            reader.nets.push(net);
            bar.step()?;
        }
        readers.push(reader);
    }
    drop(bar);
    say(run, &readers)?;
    let [middle, _, anywhere] = &readers[..] else {
        unreachable!("one reader for each kind of sheets");
    };
    run.figure("shift_curve", figures::shift::curve(middle, anywhere)?)?;
    let order = order(run.seed());
    run.figure("shuffled", figures::shift::shuffled(&digits.test, &order)?)?;
    moved(run, &middle.nets[0], &digits)
}

/// The order in which all sheets of a seed are shuffled.
fn order(seed: u64) -> Vec<usize> {
    Rng::new(seed).fork("pixels").permutation(SHEET * SHEET)
}

impl Sheets {
    /// A digit looks another way each time it is somewhere else: more passes.
    fn passes(self) -> usize {
        match self {
            Sheets::Anywhere => 10,
            _ => 5,
        }
    }

    fn learnt(self, digits: &Digits, passes: usize, seed: u64) -> Mlp {
        let mut rng = Rng::new(seed).fork("shift");
        let mut net = reader(&mut rng);
        let order = order(seed);
        let sheets = |x: &Tensor, rng: &mut Rng| match self {
            Sheets::Middle => placed(x, || MIDDLE),
            Sheets::Shuffled => placed(x, || MIDDLE).select(1, &order),
            Sheets::Anywhere => placed(x, || anywhere(rng)),
        };
        learn(&mut net, &digits.training, passes, &mut rng, sheets);
        net
    }

    /// The share of test digits that are read when all are moved by so many pixels.
    fn read(self, net: &Mlp, digits: &Digits, seed: u64, by: usize) -> f32 {
        let order = order(seed);
        let corners = match by {
            0 => vec![MIDDLE],
            _ => moved_by(by).to_vec(),
        };
        let right = corners.iter().map(|&corner| {
            let sheets = placed(&digits.test.x, || corner); // [N, 1600]
            let sheets = match self {
                Sheets::Shuffled => sheets.select(1, &order),
                _ => sheets,
            };
            accuracy(&logits(net, &sheets), &digits.test.classes)
        });
        right.sum::<f32>() / corners.len() as f32
    }
}

/// The table, and the records.
fn say(run: &mut Run, readers: &[Reader]) -> anyhow::Result<()> {
    let names = ["in the middle", "the same, pixels shuffled", "anywhere"];
    let moves = [0, 1, 2, 3, 4, 6];
    run.say(
        "Test digits read, by what the net learnt from and by how many pixels they are moved:",
    );
    let head = ["learnt from digits", "0", "1", "2", "3", "4", "6"];
    let rows = names.iter().zip(readers).map(|(name, reader)| {
        let read = moves.map(|by| percent(reader.read[0][by]));
        [&[name.to_string()][..], &read].concat()
    });
    run.table(&head, rows.collect::<Vec<_>>());
    let names = ["middle", "shuffled", "anywhere"];
    for (name, reader) in names.iter().zip(readers) {
        for by in 0..=ROOM {
            let of: Vec<f32> = reader.read.iter().map(|read| read[by]).collect();
            let value = Value::fraction(of[0]).tolerance(0.02).over_seeds(&of);
            run.record(&format!("{name}_{by}"), value)?;
        }
    }
    let parameters = readers[0].nets[0].parameter_count();
    run.record("reader_parameters", Value::count(parameters))
}

/// Digits that the net reads in the middle, at three places, and what it says of them.
fn moved(run: &mut Run, net: &Mlp, digits: &Digits) -> anyhow::Result<()> {
    let answers = |by: usize| {
        let sheets = placed(&digits.test.x, || [MIDDLE[0], MIDDLE[1] + by]); // [N, 1600]
        let answers = logits(net, &sheets).argmax(1);
        (sheets, answers)
    };
    let (_, in_the_middle) = answers(0);
    let both = in_the_middle.iter().zip(&digits.test.classes).enumerate();
    let read = both.filter(|(_, (answer, truth))| answer == truth);
    let shown: Vec<usize> = read.map(|(row, _)| row).take(IN_A_ROW).collect();
    let rows = [0, 3, 6].map(|by| {
        let (sheets, answers) = answers(by);
        let answers = shown.iter().map(|&row| answers[row]).collect();
        (by, sheets.select(0, &shown), answers)
    });
    let truths = digits.test.pick(&shown).classes;
    run.figure("moved", figures::shift::moved(&rows, &truths)?)
}
