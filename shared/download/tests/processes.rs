//! What only shows between processes: the lock, a kill in the middle, the proxy variables.
//!
//! Each test starts this test program again, as a process that fetches the file.
#![allow(clippy::unwrap_used)]

mod bench;
mod server;

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use bench::{Bench, Lines, content, manifest};
use datasets::Manifest;
use download::{Error, Options, get};
use server::{Serve, Server};

#[test]
#[ignore = "run by the other tests, in a process of its own"]
fn helper_fetches() {
    let url = env::var("TEST_URL").unwrap();
    let manifest = Manifest::parse(&manifest(&[&url]), "manifest.toml").unwrap();
    let mut options = Options::new(manifest, env::var("TEST_CACHE").unwrap().into());
    options.pause = Duration::from_millis(1);
    let mut lines = Lines::default();
    match get("digits", None, None, &options, &mut lines) {
        Ok(got) => println!("got it: {:?}", got.files[0].source),
        Err(fault) => println!("fault: {fault}"),
    }
    println!("said: {:?}", lines.said);
}

/// A process that fetches `url` into `cache`, with these variables and no other proxies.
fn fetch(url: &str, cache: &Path, variables: &[(&str, &str)]) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "--ignored", "--nocapture", "helper_fetches"]);
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.envs(variables.iter().copied());
    command.env("TEST_URL", url).env("TEST_CACHE", cache);
    command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn output(child: Child) -> String {
    String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap()
}

#[test]
fn two_processes_at_once_ask_once_and_both_get_the_file() {
    let slowly = Serve::Slowly(Duration::from_millis(20), content()); // two seconds
    let server = Server::new([("/f", slowly)]);
    let bench = Bench::new(&[]);
    let url = server.url("/f");
    let children = [(); 2].map(|()| fetch(&url, &bench.options.cache, &[]));
    let outputs = children.map(output);
    assert_eq!(server.asked().len(), 1, "{outputs:?}");
    assert!(
        outputs.iter().all(|said| said.contains("got it: ")),
        "{outputs:?}"
    );
    let waited = outputs
        .iter()
        .filter(|said| said.contains("another process is fetching"));
    assert_eq!(waited.count(), 1, "{outputs:?}");
    assert_eq!(fs::read(bench.file()).unwrap(), content());
}

/// Waits until the part has some bytes, ten seconds at most.
fn wait_for_some_bytes(part: &Path) {
    let start = Instant::now();
    while fs::metadata(part).map_or(0, |part| part.len()) < 5_000 {
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "no bytes in {}",
            part.display()
        );
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_killed_process_leaves_its_part_and_the_next_goes_on() {
    let slowly = Serve::Slowly(Duration::from_millis(20), content());
    let server = Server::new([("/slow", slowly), ("/f", Serve::Well(content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    let mut child = fetch(&server.url("/slow"), &bench.options.cache, &[]);
    wait_for_some_bytes(&bench.part());
    child.kill().unwrap(); // harder than Ctrl-C: nothing is cleaned up
    child.wait().unwrap();
    bench.get().unwrap();
    assert_eq!(fs::read(bench.file()).unwrap(), content());
    assert!(server.asked()[1].from.is_some_and(|from| from >= 5_000));
}

#[test]
fn the_stop_flag_ends_with_130_and_keeps_the_part() {
    let server = Server::new([("/f", Serve::Slowly(Duration::from_millis(20), content()))]);
    let bench = Bench::new(&[&server.url("/f")]);
    let stop = bench.options.stop.clone();
    let part = bench.part();
    let stopper = thread::spawn(move || {
        wait_for_some_bytes(&part);
        stop.store(true, Ordering::Relaxed);
    });
    let fault = bench.get().unwrap_err();
    stopper.join().unwrap();
    assert!(matches!(fault, Error::Interrupted { .. }));
    assert_eq!(fault.exit_code(), 130);
    assert!(
        fault
            .to_string()
            .ends_with("are kept, the same command goes on from there")
    );
    assert!(bench.part().exists());
}

#[test]
fn each_proxy_variable_is_honoured_and_no_proxy_too() {
    let server = Server::new([("/f", Serve::Well(content()))]);
    let url = server.url("/f");
    for variable in ["HTTP_PROXY", "https_proxy", "ALL_PROXY"] {
        let proxy = Server::new([]);
        let bench = Bench::new(&[]);
        let said = output(fetch(
            &url,
            &bench.options.cache,
            &[(variable, &proxy.url(""))],
        ));
        assert!(said.contains("got it: Web"), "{variable}: {said}");
        assert_eq!(
            proxy.asked()[0].what,
            format!("CONNECT {}", server.address),
            "{variable}"
        );

        let bench = Bench::new(&[]);
        let variables = [
            (variable, proxy.url("")),
            ("NO_PROXY", "127.0.0.1".to_owned()),
        ];
        let variables = variables
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        let said = output(fetch(&url, &bench.options.cache, &variables));
        assert!(said.contains("got it: Web"), "{said}");
        assert_eq!(proxy.asked().len(), 1, "NO_PROXY goes past the proxy");
    }
}

#[test]
fn a_proxy_that_cannot_be_understood_is_an_error_not_left_out() {
    let bench = Bench::new(&[]);
    let variables = [("HTTPS_PROXY", "not a proxy")];
    let said = output(fetch(
        "http://127.0.0.1:9/f",
        &bench.options.cache,
        &variables,
    ));
    let expected = "fault: HTTPS_PROXY: expected an address like http://proxy:8080, \
                    found `not a proxy`; set it right or unset it";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn processes_that_fail_at_once_do_not_trip_over_each_other() {
    let bench = Bench::new(&[]);
    for _ in 0..5 {
        let children = [(); 4].map(|()| fetch("http://127.0.0.1:1/f", &bench.options.cache, &[]));
        for said in children.map(output) {
            assert!(said.contains("got it from none"), "{said}");
        }
    }
}
