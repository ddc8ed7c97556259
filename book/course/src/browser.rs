//! Opening a browser, where there is one.

use std::env;

/// Opens `url` in the reader's browser, if this machine seems to have one.
/// Failure is no error: the address has been printed.
pub fn open(url: &str) {
    if exists(|name| env::var_os(name).is_some_and(|value| !value.is_empty())) {
        // The browser's own messages would land in this terminal.
        let _ = open::that_detached(url);
    }
}

/// Whether there is a screen to open a browser on; `is_set` asks for an
/// environment variable.
fn exists(is_set: impl Fn(&str) -> bool) -> bool {
    if is_set("CI") || is_set("SSH_CONNECTION") || is_set("SSH_TTY") {
        return false;
    }
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

#[cfg(test)]
mod tests {
    use super::exists;

    #[test]
    fn no_browser_far_away_or_in_ci() {
        assert!(!exists(|name| name == "CI" || name == "DISPLAY"));
        assert!(!exists(|name| name == "SSH_CONNECTION" || name == "DISPLAY"));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn linux_needs_a_screen() {
        assert!(!exists(|_| false));
        assert!(exists(|name| name == "DISPLAY"));
        assert!(exists(|name| name == "WAYLAND_DISPLAY"));
    }
}
