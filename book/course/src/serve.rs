//! The book on 127.0.0.1, rendered anew when a page or a figure changes.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use futures_util::Stream;
use tempfile::TempDir;
use tokio::sync::watch::{Receiver, Sender};
use tower_http::services::ServeDir;

use crate::site::{self, Kind};
use crate::{browser, print, watch};

/// Script that waits for [`events`]; kept out of the theme, as no published site has it.
const LIVE: &str = include_str!("live.js");

/// The whole page may load only from this server.
const POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; \
                      script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:";

/// The site that is shown, and the news of a new one.
pub struct Site {
    root: PathBuf,
    /// The last rendering without errors; dropped, and so removed, with its successor's arrival.
    shown: Mutex<Arc<TempDir>>,
    digest: Sender<u64>,
}

impl Site {
    /// Renders the book for the first time.
    ///
    /// # Errors
    /// Whatever is wrong with the pages.
    pub fn new(root: &Path) -> Result<Arc<Site>> {
        let (folder, digest) = rendered(root)?;
        Ok(Arc::new(Site {
            root: root.to_path_buf(),
            shown: Mutex::new(Arc::new(folder)),
            digest: Sender::new(digest),
        }))
    }

    /// Renders the book again and shows it if it is well; tells the open pages
    /// if it differs.
    ///
    /// # Errors
    /// Whatever is wrong with the pages; the last good site stays.
    pub fn renew(&self) -> Result<bool> {
        let (folder, digest) = rendered(&self.root)?;
        *self.shown.lock().expect("no holder panics") = Arc::new(folder);
        let changed = self.digest.send_replace(digest) != digest;
        Ok(changed)
    }

    /// Removes what was rendered: the watching thread holds the site too, so it is
    /// never dropped.
    fn remove(&self) {
        // What cannot be removed is left to the system, as all temporary files are.
        let _ = std::fs::remove_dir_all(self.folder().path());
    }

    fn folder(&self) -> Arc<TempDir> {
        self.shown.lock().expect("no holder panics").clone()
    }
}

fn rendered(root: &Path) -> Result<(TempDir, u64)> {
    let folder = tempfile::Builder::new().prefix("course-site-").tempdir()?;
    let digest = site::render(root, folder.path(), Kind::Served)?;
    Ok((folder, digest))
}

/// Serves the book until Ctrl-C or SIGTERM.
///
/// # Errors
/// A taken port, or pages that cannot be rendered.
pub fn run(root: &Path, port: u16, open: bool) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    runtime.block_on(async {
        // The port first: whoever has the book open already is told at once.
        let listener = listen(port).await?;
        let told_to_end = told_to_end().context("cannot listen for Ctrl-C")?;
        let address = listener.local_addr()?;
        let site = Site::new(root)?;
        let watcher = watch::start(root, site.clone());
        if let Err(error) = &watcher {
            print::complain(&format!("{error:#}; changes show after a restart only"));
        }
        let url = format!("http://{address}");
        print::lines(&format!("The book is at {url} (Ctrl-C ends)"))?;
        if open {
            browser::open(&url);
        }
        let server = axum::serve(listener, router(site.clone()));
        let ended = tokio::select! {
            ended = server.into_future() => ended.context("the server stopped"),
            () = told_to_end => Ok(()),
        };
        site.remove();
        ended
    })
}

/// Ends with Ctrl-C, and with the SIGTERM that editors, containers and `kill`
/// send. Both are caught from the call on, so that the first rendering is not
/// left behind either.
#[cfg(unix)]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
        }
    })
}

/// Ends with Ctrl-C.
#[cfg(not(unix))]
fn told_to_end() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}

async fn listen(port: u16) -> Result<tokio::net::TcpListener> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    tokio::net::TcpListener::bind(address).await.map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "port {port} is taken, perhaps by this book; choose another: cargo run -- --port {}",
            port.checked_add(1).unwrap_or(3000)
        ),
        ErrorKind::PermissionDenied => {
            anyhow!(
                "port {port} needs more rights than yours; choose one above 1023: \
                 cargo run -- --port 3000"
            )
        }
        _ => anyhow!("cannot listen on {address}: {error}"),
    })
}

fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/.course/events", get(events))
        .route("/.course/live.js", get(live))
        .fallback(page)
        .layer(middleware::from_fn(guard))
        .with_state(site)
}

/// Refuses requests for another host: a page from elsewhere that points its own
/// name at 127.0.0.1 (DNS rebinding) gets nothing. Adds the headers that each
/// answer has.
async fn guard(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    if !host.is_some_and(is_local) {
        let text = "This server answers to localhost and 127.0.0.1 only.\n";
        return (StatusCode::FORBIDDEN, text).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // Dates of files count in seconds; two renderings within one would look alike.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

fn is_local(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
}

/// A file of the site, or the page that says there is none. `ServeDir` refuses
/// whatever leads out of its folder and knows the types of files.
async fn page(State(site): State<Arc<Site>>, request: Request) -> Response {
    let folder = site.folder();
    match ServeDir::new(folder.path()).try_call(request).await {
        Ok(response) if response.status() == StatusCode::NOT_FOUND => not_found(folder.path()),
        Ok(response) => response.map(Body::new),
        // A missing folder comes as an error, a missing file as an answer.
        Err(error) if is_missing(&error) => not_found(folder.path()),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error}\n")).into_response(),
    }
}

fn is_missing(error: &std::io::Error) -> bool {
    use ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(
        error.kind(),
        NotFound | NotADirectory | InvalidFilename | InvalidInput
    )
}

/// The site's own 404 page. Here the book's root is known, and the script that
/// looks for it is left out: the policy would refuse it.
fn not_found(folder: &Path) -> Response {
    let mut html = std::fs::read_to_string(folder.join("404.html")).unwrap_or_default();
    if let (Some(start), Some(end)) = (html.find("<script>"), html.find("</script>")) {
        html.replace_range(start..end + "</script>".len(), "");
    }
    (StatusCode::NOT_FOUND, axum::response::Html(html)).into_response()
}

async fn live() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/javascript")], LIVE)
}

/// Sends the digest of the site now and after every change. A page that hears a
/// digest other than its first reloads; so it does when the server was restarted.
async fn events(
    State(site): State<Arc<Site>>,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = futures_util::stream::unfold(first(site.digest.subscribe()), |mut digest| async {
        digest.changed().await.ok()?;
        let event = Event::default().data(format!("{:016x}", *digest.borrow_and_update()));
        Some((Ok(event), digest))
    });
    Sse::new(news).keep_alive(KeepAlive::default())
}

/// The receiver, counting the present value as news.
fn first(mut digest: Receiver<u64>) -> Receiver<u64> {
    digest.mark_changed();
    digest
}
