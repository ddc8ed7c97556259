//! Between the course's tensors and burn's: numbers both ways, and what the concise versions of
//! the lessons' models share.
//!
//! ```
//! use bridge::{back, data, whole};
//! use burn::tensor::{Device, Tensor};
//!
//! let device = Device::flex();
//! let ours = tensor::Tensor::from([[1.0, 2.0], [3.0, 4.0]]);
//! let burns: Tensor<2> = Tensor::from_data(data(&ours), &device);
//! assert_eq!(back(burns.transpose()).to_vec(), [1.0, 3.0, 2.0, 4.0]);
//! assert_eq!(whole(&[7, 1], &device).into_scalar_sum(), 8);
//!
//! /// The sum of whole numbers.
//! trait Sum {
//!     fn into_scalar_sum(self) -> i32;
//! }
//! impl Sum for Tensor<1, burn::tensor::Int> {
//!     fn into_scalar_sum(self) -> i32 {
//!         self.sum().into_data().iter::<i32>().sum()
//!     }
//! }
//! ```

use std::io::Write;
use std::process::ExitCode;

use burn::tensor::{Device, Int, Tensor, TensorData};
use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command};

/// The numbers of our tensor for burn.
pub fn data(from: &tensor::Tensor) -> TensorData {
    TensorData::new(from.to_vec(), from.shape().to_vec())
}

/// The numbers of burn's tensor for us.
///
/// # Panics
/// If burn calculated in other numbers than `f32`.
pub fn back<const N: usize>(from: Tensor<N>) -> tensor::Tensor {
    let shape = from.dims();
    let numbers = from.into_data().try_into_vec();
    tensor::Tensor::from_vec(numbers.expect("burn calculates in f32"), &shape)
}

/// Classes for burn, which wants whole numbers with a sign.
pub fn whole(classes: &[usize], device: &Device) -> Tensor<1, Int> {
    let classes: Vec<i32> = classes.iter().map(|&class| class as i32).collect();
    Tensor::from_data(&classes[..], device)
}

/// The `main` of a lesson's concise model: reads `--device` and the model's own `flags`, prints
/// what `run` says. Ends with 2 if the flags are wrong, with 1 if the run fails.
pub fn main(
    about: &'static str,
    flags: impl IntoIterator<Item = Arg>,
    run: impl FnOnce(&Device, &ArgMatches) -> anyhow::Result<String>,
) -> ExitCode {
    let matches = match command(about).args(flags).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return complain(&error),
    };
    match run(&Device::flex(), &matches) {
        // Not `println!`: that panics if the reader is `head` and has read enough.
        Ok(text) => drop(writeln!(std::io::stdout(), "{text}")),
        Err(error) => {
            eprintln!("error: {error:#}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// The flags that every concise model has.
fn command(about: &'static str) -> Command {
    let device = Arg::new("device")
        .long("device")
        .value_parser(["cpu"])
        .default_value("cpu")
        .help("Where burn calculates; for now there is only the processor");
    Command::new("concise").about(about).arg(device)
}

/// Prints the help if that was asked for, or one line on what was wrong.
fn complain(error: &clap::Error) -> ExitCode {
    if error.kind() == ErrorKind::DisplayHelp {
        drop(write!(std::io::stdout(), "{error}"));
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    eprintln!("{line}; --help lists the flags");
    ExitCode::from(2)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_processor_is_the_default_and_the_only_device() {
        let device = |words: &[&str]| command("").try_get_matches_from(words);
        for words in [
            &["concise"][..],
            &["concise", "--device", "cpu"],
            &["concise", "--device=cpu"],
        ] {
            assert_eq!(
                device(words).unwrap().get_one::<String>("device").unwrap(),
                "cpu"
            );
        }
        let error = device(&["concise", "--device", "gpu"])
            .unwrap_err()
            .to_string();
        assert!(error.lines().next().unwrap().contains("'gpu'"), "{error}");
    }
}
