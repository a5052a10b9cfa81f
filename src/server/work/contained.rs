//! A panic ends the work that it arose in, and nothing around that.

use std::any::Any;
use std::panic::AssertUnwindSafe;

use futures::FutureExt;

use crate::server::service::acting::error::Outcome;

#[cfg(not(panic = "unwind"))]
compile_error!("the server contains panics, so it is built with panic = \"unwind\"");

/// The work ended in a panic, with these words.
#[derive(Debug, thiserror::Error)]
#[error("panic: {0}")]
pub struct Panicked(String);

/// What comes of the work, or the panic that it ended in.
///
/// Whatever it held is dropped with it: its transaction is rolled back, its locks are given back. So it may share with others
/// only what no panic leaves half changed: the database, channels, and what is under a lock for one assignment.
pub fn contained<T>(work: impl Future<Output = T>) -> impl Future<Output = Result<T, Panicked>> {
    // Boxed at once: work is large, and whoever holds it, on the stack at last, gets no larger by containing it.
    let contained = AssertUnwindSafe(Box::pin(work)).catch_unwind();
    contained.map(|ended| ended.map_err(|panic| Panicked(words_of(panic.as_ref()))))
}

/// The same for what can fail by itself: a panic is a bug.
pub fn contained_outcome<T>(work: impl Future<Output = Outcome<T>>) -> impl Future<Output = Outcome<T>> {
    contained(work).map(|ended| ended.unwrap_or_else(|panicked| Err(panicked.into())))
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without words")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn f4_a_panic_is_told_in_its_own_words_wherever_it_arises() {
        let later = async {
            tokio::task::yield_now().await;
            panic!("after {} wait", 1);
        };
        let at_once: Result<(), Panicked> = contained(async { panic!("at once") }).await;
        let later: Result<(), Panicked> = contained(later).await;
        let words = [at_once, later].map(|ended| ended.expect_err("it panics").to_string());
        assert_eq!(words, ["panic: at once", "panic: after 1 wait"]);
        assert_eq!(contained(async { 7 }).await.expect("it does not panic"), 7);
    }
}
