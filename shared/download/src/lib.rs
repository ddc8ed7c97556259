//! Fetches the big public data sets: from a mirror folder or the web, resumed, checked.
//!
//! ```no_run
//! use download::{Bar, Options, get};
//!
//! let options = Options::from_env()?;
//! let got = get("mnist", None, Some("test"), &options, &mut Bar::new())?;
//! for file in got.files {
//!     println!("{}", file.path.display());
//! }
//! # Ok::<(), download::Error>(())
//! ```
//!
//! How one file comes to `data/cache/SET/VARIANT/FILE`:
//!
//! 1. A lock keeps a second process out until the first is done.
//! 2. A file that is there and has the pinned digest is kept; nothing is fetched.
//! 3. The mirror folder (`COURSE_DATA_MIRROR`) is looked at, then the addresses in order.
//! 4. Bytes go to `FILE.part`. After a cut the rest is asked for by a `Range` request, in this
//!    run or the next one: nothing that has arrived is thrown away.
//! 5. Length and sha256 are compared with the manifest, and only then `.part` loses its suffix.
//!    So a file under its own name is always whole.
//!
//! Modules in reading order: [`options`], [`fetch`], `lock` (step 1), `job` (2, 3 and 5), `web` (4),
//! `part` (the unfinished file), [`progress`], [`state`] (what is here, and is it sound), [`error`].

pub mod error;
pub mod fetch;
pub mod options;
pub mod progress;
pub mod state;

mod job;
mod lock;
mod part;
mod web;

pub use error::{Error, Result, Try};
pub use fetch::{Got, GotFile, Source, get};
pub use options::Options;
pub use progress::{Bar, Progress, Silent, size};
pub use state::{Check, Row, State, list, verify};
