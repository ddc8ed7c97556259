//! A small real HTTP server on 127.0.0.1 that misbehaves on request, and a tunnel proxy.
//! Standard library only.

#![allow(dead_code)] // each test file uses its own share

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a path is served.
#[derive(Clone)]
pub(crate) enum Serve {
    /// As it should be: ranges, true length.
    Well(Vec<u8>),
    /// The whole file whatever range is asked for.
    WithoutRanges(Vec<u8>),
    /// At most this many bytes an answer, though the length announces all of them.
    CutAfter(usize, Vec<u8>),
    /// 416 to every range.
    NoSuchRange(Vec<u8>),
    /// Pieces of 1,000 bytes with a pause between them.
    Slowly(Duration, Vec<u8>),
    /// No length at all; the end of the connection is the end of the file.
    WithoutLength(Vec<u8>),
    /// A status and nothing else.
    Status(u16),
    /// Go there instead.
    Redirect(String),
}

/// One request as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    /// `GET /path` or `CONNECT host:port`.
    pub(crate) what: String,
    /// The start of the range that was asked for.
    pub(crate) from: Option<usize>,
}

/// The server; it lives as long as the test process.
pub(crate) struct Server {
    pub(crate) address: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Serves these paths; all others are 404.
    pub(crate) fn new<const N: usize>(paths: [(&str, Serve); N]) -> Server {
        let paths: HashMap<String, Serve> = paths
            .into_iter()
            .map(|(path, serve)| (path.to_owned(), serve))
            .collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (paths, log) = (paths.clone(), Arc::clone(&log));
                // A client that goes away is no fault of the server.
                thread::spawn(move || drop(answer(stream, &paths, &log)));
            }
        });
        Server { address, asked }
    }

    /// The full address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// All requests so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(
    stream: TcpStream,
    paths: &HashMap<String, Serve>,
    log: &Mutex<Vec<Asked>>,
) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let first = lines.next().unwrap_or(Ok(String::new()))?;
    let mut from = None;
    for line in lines {
        let line = line?.to_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(range) = line.strip_prefix("range: bytes=") {
            from = range.trim_end_matches('-').parse().ok();
        }
    }
    let words: Vec<&str> = first.split(' ').collect();
    let what = words[..2].join(" ");
    log.lock().unwrap().push(Asked { what, from });
    if words[0] == "CONNECT" {
        return tunnel(stream, words[1]);
    }
    let serve = paths.get(words[1]).cloned().unwrap_or(Serve::Status(404));
    reply(stream, serve, from)
}

fn reply(mut out: TcpStream, serve: Serve, from: Option<usize>) -> std::io::Result<()> {
    match serve {
        Serve::Well(bytes) => head_and_body(&mut out, &bytes, from, usize::MAX),
        Serve::CutAfter(most, bytes) => head_and_body(&mut out, &bytes, from, most),
        Serve::WithoutRanges(bytes) => head_and_body(&mut out, &bytes, None, usize::MAX),
        Serve::NoSuchRange(bytes) if from.is_none() => {
            head_and_body(&mut out, &bytes, None, usize::MAX)
        }
        Serve::NoSuchRange(_) => status(&mut out, 416, ""),
        Serve::Status(code) => status(&mut out, code, ""),
        Serve::Redirect(to) => status(&mut out, 302, &format!("Location: {to}\r\n")),
        Serve::WithoutLength(bytes) => {
            out.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
            out.write_all(&bytes)
        }
        Serve::Slowly(pause, bytes) => {
            let start = head(&mut out, &bytes, from)?;
            for piece in bytes[start..].chunks(1000) {
                out.write_all(piece)?;
                thread::sleep(pause);
            }
            Ok(())
        }
    }
}

fn status(out: &mut TcpStream, code: u16, header: &str) -> std::io::Result<()> {
    let end = "Content-Length: 0\r\nConnection: close\r\n\r\n";
    write!(out, "HTTP/1.1 {code} As asked\r\n{header}{end}")
}

/// The header of a whole or partial answer; where its body starts.
fn head(out: &mut TcpStream, bytes: &[u8], from: Option<usize>) -> std::io::Result<usize> {
    let total = bytes.len();
    let start = from.unwrap_or(0).min(total);
    match from {
        None => write!(out, "HTTP/1.1 200 OK\r\n")?,
        Some(_) => write!(
            out,
            "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {start}-{}/{total}\r\n",
            total - 1
        )?,
    }
    write!(
        out,
        "Content-Length: {}\r\nConnection: close\r\n\r\n",
        total - start
    )?;
    Ok(start)
}

fn head_and_body(
    out: &mut TcpStream,
    bytes: &[u8],
    from: Option<usize>,
    most: usize,
) -> std::io::Result<()> {
    let start = head(out, bytes, from)?;
    let body = &bytes[start..];
    out.write_all(&body[..body.len().min(most)])
}

/// What a proxy does after `CONNECT`: passes bytes on, both ways.
fn tunnel(client: TcpStream, to: &str) -> std::io::Result<()> {
    let server = TcpStream::connect(to)?;
    (&client).write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    let (mut from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || copy(&mut from_client, &mut to_server));
    copy(&mut &server, &mut &client)
}

fn copy(from: &mut impl Read, to: &mut impl Write) -> std::io::Result<()> {
    std::io::copy(from, to).map(|_| ())
}
