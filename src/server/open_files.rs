//! How many files the process may have open: every connection is one (F3). The system's first limit is often 1024, however
//! many it would give.

/// What is open beside the connections of clients: the database, the mail server, the log.
const OTHERS: u64 = 256;

/// Has the system give as many as so many connections need, and warns where it does not.
pub fn allow(connections: usize) {
    let needed = u64::try_from(connections).unwrap_or(u64::MAX).saturating_add(OTHERS);
    if let Some(given) = ask_for(needed).filter(|given| *given < needed) {
        tracing::warn!(
            given,
            needed,
            "files.limit: REKEY_MAX_CONNECTIONS needs more open files than the system gives; raise LimitNOFILE or lower the setting"
        );
    }
}

/// How many there may be now; none where there is no limit.
#[cfg(unix)]
fn ask_for(needed: u64) -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let now = getrlimit(Resource::Nofile);
    let current = now.current?;
    if current >= needed {
        return Some(current);
    }
    let wanted = now.maximum.map_or(needed, |maximum| maximum.min(needed));
    let more = Rlimit {
        current: Some(wanted),
        maximum: now.maximum,
    };
    match setrlimit(Resource::Nofile, more) {
        Ok(()) => Some(wanted),
        Err(_) => Some(current),
    }
}

#[cfg(not(unix))]
fn ask_for(_: u64) -> Option<u64> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn f3_as_many_files_as_needed_are_asked_for_and_no_more_than_there_are() {
        use rustix::process::{Resource, getrlimit};

        let before = getrlimit(Resource::Nofile);
        let most = before.maximum.unwrap_or(u64::MAX);
        let current = before.current.unwrap_or(u64::MAX);
        assert!(ask_for(1).is_none_or(|given| given == current), "what is enough stays");
        if before.current.is_some() {
            let needed = (current + 1).min(most);
            assert_eq!(ask_for(needed), Some(needed));
            assert_eq!(getrlimit(Resource::Nofile).current, Some(needed));
            assert!(
                ask_for(u64::MAX).is_some_and(|given| given <= most),
                "and never more than may be"
            );
        }
    }
}
