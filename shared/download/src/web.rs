//! One request: the rest of a file from one address.

use std::env;
use std::io::{self, Read};

use ureq::http::{Response, StatusCode, header};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body, Proxy};

use crate::error::{Error, Result};
use crate::options::Options;
use crate::part::Part;
use crate::progress::Progress;

/// Why a request did not bring the whole file.
pub(crate) enum Fault {
    /// The connection was cut, or the server is busy: worth asking again.
    Again(String),
    /// This address does not have the file: the next one may.
    Refused(String),
    /// The trouble is on our side: no other address would help.
    Ours(Error),
}

impl From<Error> for Fault {
    fn from(fault: Error) -> Fault {
        Fault::Ours(fault)
    }
}

/// What sends the requests: patient, follows up to ten redirects, honours `ALL_PROXY`,
/// `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`, and trusts what the system trusts.
pub(crate) fn agent(options: &Options) -> Result<Agent> {
    check_proxy()?;
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .build();
    let patience = Some(options.patience);
    let config = Agent::config_builder()
        .tls_config(tls)
        .proxy(Proxy::try_from_env())
        .user_agent("course-download")
        // The length and the digest are those of the file as it lies there.
        .accept_encoding("identity")
        .http_status_as_error(false)
        .timeout_resolve(patience)
        .timeout_connect(patience)
        .timeout_recv_response(patience)
        .timeout_per_read(patience)
        .build();
    Ok(config.into())
}

/// A proxy that is set but cannot be understood would be left out in silence.
fn check_proxy() -> Result<()> {
    for name in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
        for variable in [name.to_owned(), name.to_lowercase()] {
            let value = env::var(&variable).unwrap_or_default();
            if !value.is_empty() && Proxy::new(&value).is_err() {
                return Err(Error::Proxy { variable, value });
            }
        }
    }
    Ok(())
}

/// Asks `url` for what is missing and appends it to `part`.
pub(crate) fn fetch_rest(
    agent: &Agent,
    url: &str,
    part: &mut Part,
    options: &Options,
    progress: &mut dyn Progress,
) -> std::result::Result<(), Fault> {
    let mut request = agent.get(url);
    if part.len() > 0 {
        request = request.header(header::RANGE, format!("bytes={}-", part.len()));
    }
    let response = request.call().map_err(|fault| in_words(&fault))?;
    prepare(&response, part, progress)?;
    check_length(&response, part)?;
    receive(response, part, options, progress)
}

/// Looks at the answer's status: does it go on where we stopped, start anew, or refuse?
fn prepare(
    response: &Response<Body>,
    part: &mut Part,
    progress: &mut dyn Progress,
) -> std::result::Result<(), Fault> {
    match response.status() {
        StatusCode::OK if part.len() == 0 => Ok(()),
        StatusCode::OK => {
            progress.say("the server cannot go on where it was cut: starting again");
            Ok(part.restart()?)
        }
        StatusCode::PARTIAL_CONTENT if range_start(response) == Some(part.len()) => Ok(()),
        StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
            part.restart()?;
            Err(Fault::Again(
                "it answered with another range than asked".to_owned(),
            ))
        }
        StatusCode::TOO_MANY_REQUESTS => Err(Fault::Again("it is busy (429)".to_owned())),
        status if status.is_server_error() => Err(Fault::Again(format!("its error {status}"))),
        status => Err(Fault::Refused(format!("it answered {status}"))),
    }
}

/// The first byte of a partial answer, from `Content-Range: bytes 1000-1999/2000`.
fn range_start(response: &Response<Body>) -> Option<u64> {
    let value = response
        .headers()
        .get(header::CONTENT_RANGE)?
        .to_str()
        .ok()?;
    value
        .strip_prefix("bytes ")?
        .split('-')
        .next()?
        .parse()
        .ok()
}

/// Compares the announced length, if there is one, with what is missing.
fn check_length(response: &Response<Body>, part: &Part) -> std::result::Result<(), Fault> {
    let announced = response.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    match announced {
        Some(length) if length != part.missing() => {
            let expected = part.missing();
            Err(Fault::Refused(format!(
                "expected {expected} bytes, it announces {length}"
            )))
        }
        _ => Ok(()),
    }
}

/// Takes the body piece by piece until nothing is missing.
fn receive(
    response: Response<Body>,
    part: &mut Part,
    options: &Options,
    progress: &mut dyn Progress,
) -> std::result::Result<(), Fault> {
    let mut body = response.into_body().into_reader();
    let mut piece = vec![0; 1 << 16];
    while !options.stopped() {
        let count = match body.read(&mut piece) {
            Ok(count) => count,
            Err(fault) => return Err(Fault::Again(format!("cut off: {fault}"))),
        };
        match (count, part.missing()) {
            (0, 0) => return Ok(()),
            (0, missing) => return Err(Fault::Again(format!("cut off {missing} bytes early"))),
            (count, missing) if count as u64 > missing => {
                return Err(Fault::Refused(
                    "it sent more bytes than the file has".to_owned(),
                ));
            }
            _ => part.append(&piece[..count])?,
        }
        progress.at(part.len());
    }
    Ok(()) // stopped from outside; the caller looks at that
}

/// The library's error in a few plain words.
fn in_words(fault: &ureq::Error) -> Fault {
    use ureq::Error;
    match fault {
        Error::HostNotFound => Fault::Refused(NO_HOST.to_owned()),
        Error::Timeout(_) => Fault::Again("no answer in time".to_owned()),
        Error::TooManyRedirects => Fault::Refused("it redirects in a circle".to_owned()),
        Error::ConnectProxyFailed(reason) => Fault::Refused(format!("the proxy refused: {reason}")),
        Error::Io(fault) => io_in_words(fault),
        other => Fault::Refused(other.to_string()),
    }
}

const NO_HOST: &str = "no network, or no such host";

fn io_in_words(fault: &io::Error) -> Fault {
    use io::ErrorKind;
    let text = fault.to_string();
    match fault.kind() {
        ErrorKind::ConnectionRefused => Fault::Refused("connection refused".to_owned()),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable => {
            Fault::Refused("no network".to_owned())
        }
        // The standard library has no kind of its own for a name that cannot be looked up.
        _ if text.contains("failed to lookup address") => Fault::Refused(NO_HOST.to_owned()),
        _ => Fault::Again(format!("cut off: {text}")),
    }
}
