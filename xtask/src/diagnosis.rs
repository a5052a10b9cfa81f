//! Why a program failed, in one sentence that says what to do, where its own words leave people alone.

use crate::failure::Failure;

/// What is known: words that the program says, what they mean, what helps.
const KNOWN: [(&[&str], &str, &str); 7] = [
    (
        &["No space left on device", "ENOSPC", "os error 28"],
        "The disk is full; a cold build of everything takes about 6 GB",
        "free some with `cargo xtask clean`, which says what it frees, or name another place in CARGO_TARGET_DIR",
    ),
    (
        &[
            "Could not resolve host",
            "Couldn't resolve host",
            "Could not resolve hostname",
            "Temporary failure resolving",
            "Temporary failure in name resolution",
            "getaddrinfo",
            "ENOTFOUND",
            "EAI_AGAIN",
            "ECONNREFUSED",
            "Failed to connect to",
            "Could not connect to",
            "spurious network error",
            "Network is unreachable",
            "failed to download from",
            "download of config.json failed",
        ],
        "The network cannot be reached, and something has to be downloaded the first time",
        "connect, set HTTPS_PROXY where a proxy is needed, and run the same command again: what was downloaded stays",
    ),
    (
        &["dpkg was interrupted"],
        "An earlier installation of system packages was interrupted",
        "sudo dpkg --configure -a",
    ),
    (
        &[
            "Could not get lock /var/lib/dpkg",
            "Unable to acquire the dpkg frontend lock",
        ],
        "Another program is installing system packages at the moment",
        "wait until it has finished, then run the same command again",
    ),
    (
        &[
            "linker `cc` not found",
            "is `cc` not installed",
            "failed to find tool \"cc\"",
        ],
        "There is no C compiler (`cc`)",
        "sudo apt-get update && sudo apt-get install -y build-essential",
    ),
    (
        &["EINTEGRITY", "integrity checksum failed"],
        "npm's cache holds a damaged package",
        "npm cache clean --force, then run the same command again",
    ),
    (
        &["signal: 9, SIGKILL"],
        "The compiler was ended by the system, most likely because the memory ran out (2 GB are needed)",
        "close other programs, or run it with CARGO_BUILD_JOBS=1",
    ),
];

/// The failure that these lines of a program's output tell of, if it is a known one.
pub fn of(said: &[String]) -> Option<Failure> {
    let (_, what, get) = KNOWN
        .iter()
        .find(|(words, ..)| said.iter().any(|line| words.iter().any(|word| line.contains(word))))?;
    Some(Failure::Missing {
        what: (*what).to_owned(),
        get: (*get).to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diagnosed(line: &str) -> Option<String> {
        of(&["something else".to_owned(), line.to_owned()]).map(|failure| failure.to_string())
    }

    #[test]
    fn the_words_of_cargo_npm_and_apt_are_understood() {
        let cases = [
            (
                "error: failed to write: No space left on device (os error 28)",
                "disk is full",
            ),
            ("npm error code ENOSPC", "disk is full"),
            (
                "[6] Could not resolve hostname (Could not resolve host: example.org)",
                "network",
            ),
            ("npm error code EAI_AGAIN", "network"),
            ("Temporary failure resolving 'example.org'", "network"),
            (
                "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'",
                "dpkg --configure -a",
            ),
            ("E: Could not get lock /var/lib/dpkg/lock-frontend", "Another program"),
            ("error: linker `cc` not found", "build-essential"),
            ("npm error code EINTEGRITY", "npm cache clean"),
            (
                "process didn't exit successfully: `rustc` (signal: 9, SIGKILL: kill)",
                "memory",
            ),
        ];
        for (line, expected) in cases {
            let said = diagnosed(line).unwrap_or_default();
            assert!(said.contains(expected), "{line}: {said}");
        }
    }

    #[test]
    fn an_error_in_the_code_is_not_explained_away() {
        assert_eq!(diagnosed("error[E0308]: mismatched types"), None);
    }
}
