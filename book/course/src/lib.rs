//! The book as a program: it renders and serves the pages, lists exercises, gets
//! data and checks what is recorded. It never links a lesson; lessons are
//! programs of their own.
//!
//! From a page's Markdown to the site, in the order of the work:
//!
//! 1. [`site`] loads the book and has the crate `pages` expand the directives;
//! 2. [`maths`] sets the formulas and leaves placeholders;
//! 3. mdBook renders the Markdown, the print page and the search index;
//! 4. [`assets`] puts our theme in the place of mdBook's;
//! 5. [`finish`] fills in figures and formulas, [`highlight`]s the code and
//!    writes the [`contents`].
//!
//! [`serve`] shows the site on 127.0.0.1 while [`watch`] has it rendered anew.
//! The other commands: [`data`], [`exercises`], [`check`], [`sync`]; all of them [`print`].

pub mod assets;
pub mod browser;
pub mod check;
pub mod cli;
pub mod contents;
pub mod data;
mod dollars;
pub mod exercises;
pub mod finish;
pub mod highlight;
pub mod maths;
pub mod print;
pub mod root;
pub mod serve;
pub mod site;
pub mod sync;
pub mod watch;
