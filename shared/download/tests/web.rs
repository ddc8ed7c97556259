//! Downloads from a real server on this machine: what goes well, and everything that does not.
#![allow(clippy::unwrap_used)]

mod bench;
mod server;

use std::fs;
use std::net::TcpListener;
use std::time::Duration;

use bench::{Bench, Lines, content};
use download::{Error, Source};
use server::{Asked, Serve, Server};

fn asked(what: &str, from: Option<usize>) -> Asked {
    Asked {
        what: what.to_owned(),
        from,
    }
}

#[test]
fn a_whole_file_arrives_with_the_right_name_and_no_part_left() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    let got = bench.get().unwrap();
    assert_eq!(got.files[0].source, Source::Web(server.url("/f")));
    assert_eq!(fs::read(&got.files[0].path).unwrap(), content());
    assert!(!bench.part().exists());
    // Once more: it is there, so nobody is asked.
    assert_eq!(bench.get().unwrap().files[0].source, Source::Cache);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_cut_connection_is_taken_up_where_it_broke() {
    let server = Server::new([("/f", Serve::CutAfter(40_000, content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.get().unwrap();
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    let starts: Vec<Option<usize>> = server.asked().iter().map(|asked| asked.from).collect();
    assert_eq!(starts, [None, Some(40_000), Some(80_000)]);
}

#[test]
fn a_later_run_goes_on_with_the_part_that_an_earlier_one_left() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.leave_part(&content()[..70_000]);
    bench.get().unwrap();
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    assert_eq!(server.asked(), [asked("GET /f", Some(70_000))]);
}

#[test]
fn a_complete_part_needs_no_request_at_all() {
    let server = Server::new([]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.leave_part(&content());
    bench.get().unwrap();
    assert!(server.asked().is_empty());
}

#[test]
fn a_part_of_another_file_is_noticed_by_the_digest_and_fetched_anew() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.leave_part(&vec![9; 50_000]);
    bench.get().unwrap();
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    assert_eq!(
        server.asked(),
        [asked("GET /f", Some(50_000)), asked("GET /f", None)]
    );
}

#[test]
fn a_part_that_is_longer_than_the_file_is_thrown_away() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.leave_part(&vec![9; 200_000]);
    bench.get().unwrap();
    assert_eq!(server.asked(), [asked("GET /f", None)]);
}

#[test]
fn a_server_that_ignores_ranges_sends_the_whole_file_again() {
    let server = Server::new([("/f", Serve::WithoutRanges(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.leave_part(&content()[..70_000]);
    bench.get().unwrap();
    assert_eq!(fs::read(bench.file()).unwrap(), content());
}

#[test]
fn a_server_that_answers_416_is_asked_for_the_whole_file() {
    let server = Server::new([("/f", Serve::NoSuchRange(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.leave_part(&content()[..70_000]);
    bench.get().unwrap();
    assert_eq!(
        server.asked(),
        [asked("GET /f", Some(70_000)), asked("GET /f", None)]
    );
}

#[test]
fn a_wrong_digest_is_an_error_and_the_file_is_not_used() {
    let mut other = content();
    other[12_345] ^= 1;
    let server = Server::new([("/f", Serve::Well(other))]);
    let bench = Bench::new(&[&server.url("/f")]);
    let fault = bench.get().unwrap_err();
    let Error::Unreachable { tried, .. } = &fault else {
        panic!("{fault}")
    };
    assert_eq!(tried[0].reason, "wrong sha256: another file");
    assert!(!bench.file().exists());
    assert!(!bench.part().exists());
    assert_eq!(
        server.asked().len(),
        1,
        "an address with another file is not asked again"
    );
}

#[test]
fn after_404_or_a_wrong_digest_the_next_address_serves() {
    let server = Server::new([
        ("/another", Serve::Well(vec![1; content().len()])),
        ("/f", Serve::Well(content())),
    ]);
    let urls = ["/gone", "/another", "/f"].map(|path| server.url(path));
    let bench = Bench::new(&[&urls[0], &urls[1], &urls[2]]);
    let got = bench.get().unwrap();
    assert_eq!(got.files[0].source, Source::Web(urls[2].clone()));
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    assert!(server.asked().iter().all(|asked| asked.from.is_none()));
}

#[test]
fn a_wrong_length_is_refused_before_anything_is_fetched() {
    let server = Server::new([("/f", Serve::Well(vec![1; 17]))]);
    let bench = Bench::new(&[&server.url("/f")]);
    let fault = bench.get().unwrap_err().to_string();
    assert!(
        fault.contains("(expected 100000 bytes, it announces 17)"),
        "{fault}"
    );
}

#[test]
fn more_bytes_than_announced_nowhere_are_refused() {
    let mut long = content();
    long.extend([0; 10]);
    let server = Server::new([("/f", Serve::WithoutLength(long))]);
    let fault = Bench::new(&[&server.url("/f")])
        .get()
        .unwrap_err()
        .to_string();
    assert!(fault.contains("more bytes than the file has"), "{fault}");
}

#[test]
fn no_length_is_fine_if_the_digest_is_right() {
    let server = Server::new([("/f", Serve::WithoutLength(content()))]);
    Bench::new(&[&server.url("/f")]).get().unwrap();
}

#[test]
fn a_redirect_is_followed_to_another_server_and_a_circle_is_not() {
    let target = Server::new([("/f", Serve::Well(content()))]);
    let server = Server::new([
        ("/moved", Serve::Redirect(target.url("/f"))),
        ("/circle", Serve::Redirect("/circle".to_owned())),
    ]);
    let bench = Bench::new(&[&server.url("/moved")]);
    bench.leave_part(&content()[..70_000]);
    bench.get().unwrap();
    assert_eq!(
        target.asked(),
        [asked("GET /f", Some(70_000))],
        "the range goes along"
    );

    let fault = Bench::new(&[&server.url("/circle")])
        .get()
        .unwrap_err()
        .to_string();
    assert!(fault.contains("it redirects in a circle"), "{fault}");
}

#[test]
fn a_busy_server_is_asked_three_times_then_the_next() {
    let server = Server::new([
        ("/busy", Serve::Status(503)),
        ("/f", Serve::Well(content())),
    ]);
    let bench = Bench::new(&[&server.url("/busy"), &server.url("/f")]);
    bench.get().unwrap();
    assert_eq!(server.asked().len(), 4);
}

#[test]
fn a_silent_server_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap(); // accepts, never answers
    let mut bench = Bench::new(&[&format!("http://{}/f", silent.local_addr().unwrap())]);
    bench.options.patience = Duration::from_millis(100);
    let fault = bench.get().unwrap_err().to_string();
    assert!(fault.contains("no answer in time"), "{fault}");
}

#[test]
fn without_a_network_one_line_says_what_to_do_by_hand() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let urls = [
        format!("http://{closed}/f"),
        "http://no-such-host.invalid/f".to_owned(),
    ];
    let bench = Bench::new(&[&urls[0], &urls[1]]);
    let mut lines = Lines::default();
    let fault = bench.get_with(&mut lines).unwrap_err().to_string();
    let file = bench.file().display().to_string();
    assert_eq!(
        fault,
        format!(
            "digits/f.bin: expected it from 2 source(s), got it from none: {closed} \
             (connection refused), no-such-host.invalid (no network, or no such host); by \
             hand: fetch {} and put it at {file}; or name a folder that holds digits/f.bin in \
             COURSE_DATA_MIRROR",
            urls[0]
        )
    );
    assert!(
        lines
            .said
            .iter()
            .any(|line| line.ends_with("/f: connection refused"))
    );
}

#[test]
fn a_damaged_file_in_the_cache_is_replaced() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    bench.get().unwrap();
    fs::write(bench.file(), b"damaged").unwrap();
    let mut lines = Lines::default();
    bench.get_with(&mut lines).unwrap();
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    assert!(
        lines.said[0].ends_with("damaged, fetching it again"),
        "{:?}",
        lines.said
    );
}

#[test]
#[cfg(unix)]
fn a_download_that_brought_nothing_leaves_nothing() {
    let bench = Bench::new(&["http://127.0.0.1:1/f"]); // nobody listens there
    bench.get().unwrap_err();
    let left = fs::read_dir(&bench.options.cache).unwrap().count();
    assert_eq!(left, 0);
    // What an earlier run has fetched stays.
    bench.leave_part(&content()[..70_000]);
    bench.get().unwrap_err();
    assert_eq!(fs::read(bench.part()).unwrap(), &content()[..70_000]);
}
