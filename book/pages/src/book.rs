//! The book as a whole: its manifest, its pages in order, its records.

use crate::complaint::{Complaint, Error, read};
use crate::course::{Course, Lesson, PageEntry};
use crate::expand::{Expanded, Target, expand};
use crate::summary::Page;
use crate::{course_check, records, summary, targets};
use lesson::{Mode, Results, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// A book read from a workspace: what is needed to expand any of its pages.
///
/// It holds no page's text: the server hands in what mdBook read, the harness what
/// [`Book::read`] gives. Load it anew when a file other than a page changed.
#[derive(Debug)]
pub struct Book {
    /// The workspace root.
    pub root: PathBuf,
    /// `course.toml`.
    pub course: Course,
    pages: Vec<Page>,
    results: BTreeMap<PathBuf, Results>,
    complaints: Vec<Complaint>,
    target_files: OnceLock<BTreeSet<PathBuf>>,
}

impl Book {
    /// Reads `course.toml`, `book/src/SUMMARY.md` and the lessons' `results.toml` under `root`.
    ///
    /// # Errors
    /// When one of the first two cannot be read or understood. All else that is wrong is told
    /// by [`Book::complaints`], so that a server can go on showing pages.
    pub fn load(root: &Path) -> Result<Book, Error> {
        let course = Course::load(root)?;
        let pages = summary::load(root)?;
        let mut book = Book {
            complaints: course_check::check(&course, root),
            root: root.to_path_buf(),
            course,
            pages,
            results: BTreeMap::new(),
            target_files: OnceLock::new(),
        };
        book.complaints.extend(summary::check(root, &book.pages));
        book.check_needs();
        book.load_results();
        Ok(book)
    }

    /// What is wrong with the manifest, SUMMARY.md and the records, seen as a whole.
    pub fn complaints(&self) -> &[Complaint] {
        &self.complaints
    }

    /// The pages in reading order, drafts left out.
    pub fn pages(&self) -> &[Page] {
        &self.pages
    }

    /// The page with this path inside `book/src`.
    pub fn page(&self, path: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.path == path)
    }

    /// A page's text.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read(&self, page: &Page) -> Result<String, Error> {
        read(&self.root.join(page.source()))
    }

    /// Turns the directives of a page's text into Markdown and HTML.
    ///
    /// # Errors
    /// All that is wrong with the page, each with its line.
    pub fn expand(
        &self,
        page: &Page,
        text: &str,
        target: Target,
    ) -> Result<Expanded, Vec<Complaint>> {
        match self.expand_anyway(page, text, target) {
            (expanded, complaints) if complaints.is_empty() => Ok(expanded),
            (_, complaints) => Err(complaints),
        }
    }

    /// Like [`Book::expand`], but what is wrong is left out of the result instead of taking its
    /// place: the harness still runs the other blocks of the page.
    pub fn expand_anyway(
        &self,
        page: &Page,
        text: &str,
        target: Target,
    ) -> (Expanded, Vec<Complaint>) {
        expand(self, page, text, target)
    }

    /// The lesson that a page belongs to; none for a front page.
    pub fn lesson_of(&self, page: &Page) -> Option<&Lesson> {
        self.course.lesson(page.folder())
    }

    /// A page's entry in `course.toml`; none for a front page.
    pub fn entry_of(&self, page: &Page) -> Option<&PageEntry> {
        self.lesson_of(page)?.page(page.file())
    }

    /// What a results.toml holds; nothing when it is not there.
    pub(crate) fn results(&self, file: &Path) -> Option<&Results> {
        self.results.get(file)
    }

    /// A recorded number by the names of `{{num ch01.iris_accuracy full}}`.
    ///
    /// # Errors
    /// A message that says what records it.
    pub fn value(&self, prefix: &str, name: &str, mode: Mode) -> Result<&Value, String> {
        let (file, remedy) = if prefix == "peers" {
            let remedy = "the comparison with PyTorch records it".to_string();
            (PathBuf::from(records::PEERS), remedy)
        } else {
            let lesson = self.course.lesson_by_prefix(prefix);
            let lesson = lesson.ok_or_else(|| format!("no lesson \"{prefix}\" in course.toml"))?;
            let command = records::record_command(lesson, mode);
            let remedy = format!("record it with `{command}`");
            (records::results_file(lesson), remedy)
        };
        let results = self.results.get(&file);
        let run = results.and_then(|results| results.get(mode));
        run.and_then(|run| run.values.get(name)).ok_or_else(|| {
            let file = file.display();
            format!("no value \"{name}\" under [{mode}] in {file}; {remedy}")
        })
    }

    /// The title and page of what a `needs` names: a lesson's id or a page's title. The page is
    /// none for a lesson still to come.
    pub fn need(&self, name: &str) -> Option<(&str, Option<String>)> {
        if let Some(lesson) = self.course.lesson(name) {
            let index = lesson.is_ready().then(|| format!("{}/index.md", lesson.id));
            return Some((&lesson.title, index));
        }
        let page = self.pages.iter().find(|page| page.title == name)?;
        Some((&page.title, Some(page.path.clone())))
    }

    /// Whether a source file, named from the root, is a module of a workspace target.
    pub(crate) fn in_a_target(&self, file: &Path) -> bool {
        let files = self.target_files.get_or_init(|| targets::files(&self.root));
        files.contains(file)
    }

    /// Each page's `needs` names something.
    fn check_needs(&mut self) {
        let lessons = self
            .course
            .lessons
            .iter()
            .filter(|lesson| lesson.is_ready());
        let pages = lessons.flat_map(|lesson| &lesson.pages);
        let needs = pages.flat_map(|page| page.needs.iter().map(move |need| (page, need)));
        let unknown = needs.filter(|(_, need)| self.need(need).is_none());
        let complaint = |(page, need): (&PageEntry, &String)| {
            let line = self.course.line_of("file", &page.file, 0);
            let message = format!("{} needs \"{need}\": no such page or lesson", page.file);
            Complaint::new(crate::course::COURSE_TOML, line, message)
        };
        let found: Vec<Complaint> = unknown.map(complaint).collect();
        self.complaints.extend(found);
    }

    fn load_results(&mut self) {
        let lessons = self.course.lessons.iter().map(records::results_file);
        let files: Vec<PathBuf> = lessons.chain([records::PEERS.into()]).collect();
        for file in files {
            match records::load(&self.root, &file) {
                Ok(results) => drop(self.results.insert(file, results)),
                Err(Error::Content(complaint)) => self.complaints.push(complaint),
                Err(error) => self
                    .complaints
                    .push(Complaint::new(&file, 0, error.to_string())),
            }
        }
    }
}
