//! The server, asked over a plain socket.

#![allow(clippy::unwrap_used)]

mod common;

use common::SmallBook;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A served book; the server ends with the value.
struct Served {
    book: SmallBook,
    child: Child,
    port: u16,
}

impl Served {
    fn new() -> Self {
        Served::book(SmallBook::new())
    }

    fn book(book: SmallBook) -> Self {
        book.write("book/src/module.wasm", "not really");
        fs::create_dir(book.root().join("temporary")).unwrap();
        let mut child = book
            .command(&["--port", "0", "--no-open"])
            .env("TMPDIR", book.root().join("temporary"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.split("127.0.0.1:").nth(1).unwrap();
        let port = port.split(' ').next().unwrap().parse().unwrap();
        Served { book, child, port }
    }

    /// The whole answer to a request for `path` under the name `host`.
    fn ask(&self, path: &str, host: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.ask(path, &format!("localhost:{}", self.port))
    }

    /// Waits until the page has these words.
    fn shows(&self, path: &str, words: &str) {
        let began = Instant::now();
        while !self.get(path).contains(words) {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "{words} is not shown"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn pages_come_with_their_type_and_without_caching() {
    let served = Served::new();
    let answer = served.get("/");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let head = answer.to_lowercase();
    for part in [
        "content-type: text/html",
        "cache-control: no-store",
        "content-security-policy:",
    ] {
        assert!(head.contains(part), "{part} in {answer}");
    }
    assert!(
        answer.contains("/.course/live.js"),
        "the page does not reload itself"
    );
    assert!(
        served
            .get("/theme/book.css")
            .to_lowercase()
            .contains("content-type: text/css")
    );
    assert!(
        served
            .get("/theme/favicon.svg")
            .to_lowercase()
            .contains("image/svg+xml")
    );
    assert!(
        served
            .get("/module.wasm")
            .to_lowercase()
            .contains("content-type: application/wasm")
    );
    assert!(
        served
            .get("/.course/live.js")
            .to_lowercase()
            .contains("text/javascript")
    );
}

#[test]
fn what_is_not_there_gets_the_404_page_that_leads_home() {
    let served = Served::new();
    let answer = served.get("/deep/nothing.html");
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
    assert!(
        answer.contains("No such page") && answer.contains("href=\"/\""),
        "{answer}"
    );
    assert!(!answer.contains("<script"), "the policy would refuse it");
}

#[test]
fn nothing_outside_the_site_is_served() {
    let served = Served::new();
    for path in [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/theme/../../../etc/passwd",
    ] {
        let answer = served.get(path);
        assert!(
            !answer.starts_with("HTTP/1.1 200") && !answer.contains("root:"),
            "{path}: {answer}"
        );
    }
}

#[test]
fn another_host_name_is_refused() {
    let served = Served::new();
    for host in [
        "evil.example",
        "evil.example:3000",
        "127.0.0.1.evil.example",
        "",
    ] {
        let answer = served.ask("/", host);
        assert!(!answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
    }
    for host in [
        "localhost",
        "127.0.0.1",
        &format!("127.0.0.1:{}", served.port),
    ] {
        assert!(served.ask("/", host).starts_with("HTTP/1.1 200"), "{host}");
    }
}

#[test]
fn a_changed_page_is_shown_and_a_broken_one_is_not() {
    let served = Served::new();
    let write = |text: &str| {
        let page = format!("# Introduction\n\n{text}\n");
        served.book.write("book/src/introduction.md", &page);
    };
    write("Second edition.");
    served.shows("/introduction.html", "Second edition.");
    write("{{num no.such}}");
    std::thread::sleep(Duration::from_millis(700));
    served.shows("/introduction.html", "Second edition.");
    write("Third edition.");
    served.shows("/introduction.html", "Third edition.");
}

/// The recorded results of the small lesson.
fn results(hits: u32) -> String {
    format!(
        "[default]\nseed = 1\nseconds = 1.0\nprocessor = \"x\"\ndate = \"2026-01-01\"\n\n\
         [default.values]\nhits = {{ value = {hits}, tolerance = 0, unit = \"count\" }}\n"
    )
}

/// A drawing that shows a word.
fn drawing(word: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"><text>{word}</text></svg>\n"
    )
}

#[test]
fn a_new_figure_and_a_new_result_are_shown() {
    let book = SmallBook::new();
    let (figure, recorded) = (
        "book/src/ch01_small/figures/boundary.svg",
        "book/src/ch01_small/results.toml",
    );
    let lesson = "status = \"ready\"\nfigures = [\"boundary\"]";
    let course = book.read("course.toml");
    book.write("course.toml", &course.replace("status = \"ready\"", lesson));
    book.write(figure, &drawing("before"));
    book.write(recorded, &results(41));
    let text = book.read("book/src/ch01_small/index.md")
        + "\nIn all {{num ch01.hits}} hits.\n\n{{#figure boundary\nalt: a line\ncaption: The line.}}\n";
    book.write("book/src/ch01_small/index.md", &text);
    let served = Served::book(book);
    let page = "/ch01_small/index.html";
    served.shows(page, ">before</text>");
    served.shows(page, ">41</");
    served.book.write(figure, &drawing("after"));
    served.shows(page, ">after</text>");
    served.book.write(recorded, &results(42));
    served.shows(page, ">42</");
    // One's own run, drawn beside the recorded figure.
    let own = "out/ch01_small/figures/boundary.svg";
    served.book.write(own, &drawing("mine"));
    served.shows(page, ">mine</text>");
}

#[test]
#[cfg(unix)]
fn nothing_is_left_behind_when_it_is_told_to_end() {
    for signal in ["-INT", "-TERM"] {
        let mut served = Served::new();
        let temporary = served.book.root().join("temporary");
        let left = || fs::read_dir(&temporary).unwrap().count();
        assert_eq!(left(), 1, "the rendered site");
        let process = served.child.id().to_string();
        let sent = Command::new("kill").args([signal, &process]).status();
        assert!(sent.unwrap().success());
        assert!(served.child.wait().unwrap().success(), "{signal}");
        assert_eq!(left(), 0, "{signal}");
    }
}
