//! What the book's pages are made of: includes, anchors, numbers, figures, blocks.
//!
//! A page is Markdown with directives. [`Book::expand`] turns them into plain Markdown and HTML;
//! `course` renders that for readers, `course_tests` compiles its blocks and checks the rest.
//! What is wrong comes back as [`Complaint`]s with the page's own line.
//!
//! # Directives
//!
//! A block directive (its name begins with `#`) stands alone on its line, at the margin. Nothing
//! is expanded inside code or comments, save an include that is all a fence holds. `\{{` shows
//! two braces literally.
//!
//! | Written | Becomes |
//! |---|---|
//! | `{{#include path:anchor}}` alone in a fence | the code between `// ANCHOR: anchor` and its end |
//! | `{{num ch01.name [quick\|full] [FORMAT]}}` | a recorded number; FORMAT `%`, `%1`, `.3`, `int` |
//! | `{{given 0.92 \| source}}` | a quoted number with its source as a footnote |
//! | `{{#figure name [full] [wide]` + lines `alt: …`, `caption: …}}` | a recorded figure |
//! | `{{#card}}` | what the page builds, its minutes, command, data, needs |
//! | `{{#predict}}` … `{{#endpredict}}` | a box with a prediction question |
//! | `{{#question}}` … `{{#answer}}` … `{{#endquestion}}` | a checkpoint, its answer folded |
//! | `{{#exercise 1.2}}` … `{{#endexercise}}` | an exercise with level, command, folded hints |
//! | `{{#note History}}` … `{{#endnote}}` | a side note |
//! | `{{#tabs}}` `{{#tab A}}` … `{{#tab B}}` … `{{#endtabs}}` | variants, one shown at a time |
//! | `{{#output section}}` | what a section of the recorded run printed |
//! | `{{#values}}`, `{{#lessons}}` | tables of the recorded values, of the lessons |
//!
//! A number prints as its unit asks: a fraction as a percentage with one decimal, a count with
//! thousands separators, anything else with three significant digits and without its unit, which
//! is the sentence's to say.
//!
//! # Markup
//!
//! What the theme styles. `SLUG` is the page's path with hyphens (`ch01_perceptron-01_logic`), so
//! ids are unique over the whole book. Text inside boxes, captions and answers is Markdown.
//!
//! ```html
//! <div class="card" role="group" aria-label="About this page"><dl>
//!   <div class="card-builds"><dt>You build</dt><dd>…</dd></div>
//!   … card-time, card-run, card-data, card-needs
//! </dl></div>
//!
//! <figure class="plot wide" id="fig-SLUG-NAME">
//!   <span data-svg="SLUG-NAME"></span>      filled after rendering by fill_svgs
//!   <figcaption><p>…</p></figcaption>
//! </figure>
//! <details class="yours"><summary>Your run</summary><div class="plot wide">…</div></details>
//!
//! <div class="tabs" id="tabs-SLUG-1">
//!   <div class="tab" data-title="Loops" id="tabs-SLUG-1-loops"><p class="tab-title">Loops</p>…</div>
//! </div>
//!
//! <div class="box predict" role="group" aria-labelledby="predict-SLUG-1">
//!   <p class="box-title" id="predict-SLUG-1">Predict</p>…</div>
//! <div class="box question" …>… <details class="answer"><summary>Answer</summary>…</details></div>
//! <div class="box exercise" role="group" aria-labelledby="exercise-1-2">
//!   <h3 id="exercise-1-2">Exercise 1.2: …</h3>
//!   <p class="exercise-meta"><span class="level level-easy">easy</span> <code>…</code></p>
//!   … <details class="hint"><summary>Hint</summary>…</details></div>
//! <div class="box note note-history" role="note" aria-labelledby="note-SLUG-1">…</div>
//!
//! <figure class="output"><figcaption>…</figcaption><pre>…</pre></figure>
//! <div class="listing"><p class="listing-file"><code>path</code></p><pre>…</pre></div>
//! <div class="values">table</div> <div class="lessons">table</div>
//! <span class="num" title="recorded: …">97.3 %</span>
//! <span class="given" title="source">0.92</span><sup class="footnote-reference">…</sup>
//! ```
//!
//! Tabs are plain sections one below the other until the theme's script turns them into tabs, so
//! paper and browsers without scripts show all of them. Figures come in after mdBook has run: its
//! parser would put each tick label into the search index.

pub mod anchors;
mod book;
mod complaint;
pub mod course;
mod course_check;
mod decimals;
mod directive;
mod expand;
mod figure;
mod html;
mod links;
mod number;
pub mod records;
mod scan;
mod summary;
pub mod sync;
pub mod targets;

pub use book::Book;
pub use complaint::{Complaint, Error, report};
pub use course::{Course, Exercise, Floor, Lesson, Level, PageEntry, Status};
pub use decimals::decimals;
pub use expand::{Block, BlockSource, Expanded, Target, Used};
pub use html::{escape, fill_svgs, slug};
pub use links::{Link, ids, links};
pub use number::Format;
pub use scan::options as markdown_options;
pub use summary::{Page, SRC, SUMMARY, markdown_files};
