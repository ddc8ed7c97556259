//! The server, asked over a plain socket.

#![allow(clippy::unwrap_used)]

mod common;

use common::SmallBook;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// A served book; the server ends with the value.
struct Served {
    book: SmallBook,
    child: Child,
    port: u16,
}

impl Served {
    fn new() -> Self {
        let book = SmallBook::new();
        book.write("book/src/module.wasm", "not really");
        let mut child = book
            .command(&["--port", "0", "--no-open"])
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
    let shows = |word: &str| {
        let began = Instant::now();
        while !served.get("/introduction.html").contains(word) {
            assert!(
                began.elapsed() < Duration::from_secs(20),
                "{word} is not shown"
            );
            std::thread::sleep(Duration::from_millis(100));
        }
    };
    served.book.write(
        "book/src/introduction.md",
        "# Introduction\n\nSecond edition.\n",
    );
    shows("Second edition.");
    served.book.write(
        "book/src/introduction.md",
        "# Introduction\n\n{{num no.such}}\n",
    );
    std::thread::sleep(Duration::from_millis(700));
    shows("Second edition.");
    served.book.write(
        "book/src/introduction.md",
        "# Introduction\n\nThird edition.\n",
    );
    shows("Third edition.");
}
