//! Argon2id, as heavy work: behind permits, as many as there are cores (C7).
//!
//! m = 19456 KiB, t = 2, p = 1 (OWASP password storage cheat sheet), stored as PHC strings. Each permit keeps its
//! 19 MiB between hashes: measured 4 to 14 % faster on two threads. Runs are counted, so that tests can show that every
//! kind of sign-in costs exactly one (B4) and that oversized input costs none (C6).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use rekey_domain::password::PasswordAttempt;

use crate::server::heavy_work::{HeavyWork, NotDone};
use crate::server::random;

/// Memory in KiB.
const MEMORY_KIB: u32 = 19_456;
/// Passes.
const PASSES: u32 = 2;
/// Lanes.
const LANES: u32 = 1;
/// Bytes of a hash.
const OUTPUT_BYTES: usize = 32;

/// Hashes and verifies passwords. Clones share permits, memory and count.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    heavy: HeavyWork,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    /// Memory that no hash uses just now. What runs is bounded by the permits, and so is this.
    idle_memory: Mutex<Vec<Vec<Block>>>,
    runs: AtomicU64,
    /// Verified against where there is no account, so that it costs the same (B4).
    decoy: String,
}

/// Why there is no hash, or no answer about one.
#[derive(Debug, thiserror::Error)]
pub enum HashingFailed {
    /// It was not done.
    #[error(transparent)]
    NotDone(#[from] NotDone),
    /// A bug, or a damaged row.
    #[error("password hashing failed: {0}")]
    Failed(String),
}

impl PasswordHasher {
    /// At most `permits` hashes at once.
    pub fn new(permits: usize) -> Result<Self, HashingFailed> {
        Self::with(HeavyWork::new(permits))
    }

    /// As many permits as cores.
    pub fn for_this_machine() -> Result<Self, HashingFailed> {
        Self::with(HeavyWork::for_this_machine())
    }

    /// With the permits of other heavy work.
    pub fn with(heavy: HeavyWork) -> Result<Self, HashingFailed> {
        let mut memory = Vec::new();
        let decoy = hash(&random::bytes::<32>(), &mut memory)?;
        let shared = Shared {
            idle_memory: Mutex::new(vec![memory]),
            runs: AtomicU64::new(0),
            decoy,
        };
        Ok(Self {
            heavy,
            shared: Arc::new(shared),
        })
    }

    /// Where the hashes run, with everything else that is heavy.
    pub fn heavy(&self) -> &HeavyWork {
        &self.heavy
    }

    /// How many hashes were computed since the start.
    pub fn runs(&self) -> u64 {
        self.shared.runs.load(Ordering::SeqCst)
    }

    /// How much memory is kept between hashes, in bytes.
    pub fn kept_bytes(&self) -> usize {
        let kept = self.shared.lock();
        kept.iter().map(|memory| memory.capacity() * Block::SIZE).sum()
    }

    /// The PHC string of a password, with a salt of its own.
    pub async fn hash(&self, password: &str) -> Result<String, HashingFailed> {
        let password = password.to_owned();
        self.run(move |memory| hash(password.as_bytes(), memory)).await
    }

    /// Whether the password fits the stored hash. Without a stored hash it fits nothing, at the same cost.
    async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, HashingFailed> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or(&self.shared.decoy).to_owned();
        let password = password.to_owned();
        let fits = self
            .run(move |memory| verify(password.as_bytes(), &stored, memory))
            .await?;
        Ok(fits && exists)
    }

    /// Whether what somebody typed fits the stored hash, in any of its forms (K14). One run; and where blanks of other kinds
    /// were typed, one more for what does not fit with spaces, whether there is a hash or not
    /// (`docs/decisions/0038-blanks-in-passwords.md`).
    pub async fn fits(&self, attempt: &PasswordAttempt, stored: Option<&str>) -> Result<bool, HashingFailed> {
        for form in attempt.forms() {
            if self.verify(form, stored).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> Result<T, HashingFailed> + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let shared = Arc::clone(&self.shared);
        let done = self.heavy.run(move || {
            shared.runs.fetch_add(1, Ordering::SeqCst);
            let mut memory = shared.lock().pop().unwrap_or_default();
            let result = work(&mut memory);
            shared.keep(memory);
            result
        });
        done.await?
    }
}

impl Shared {
    /// A panic while the list was held can't leave it half changed.
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
        self.idle_memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the memory for the next hash, unless a stored hash of other parameters needed more than one of today's.
    fn keep(&self, memory: Vec<Block>) {
        if memory.len() <= today().map_or(0, |params| params.block_count()) {
            self.lock().push(memory);
        }
    }
}

/// What hashes are made with today.
fn today() -> Result<Params, HashingFailed> {
    Params::new(MEMORY_KIB, PASSES, LANES, Some(OUTPUT_BYTES)).map_err(failed)
}

/// Whether a stored hash was made in another way than one would be made today.
pub fn is_outdated(stored: &str) -> bool {
    let (Ok(stored), Ok(today)) = (PasswordHash::new(stored), today()) else {
        return false;
    };
    stored.algorithm != Algorithm::Argon2id.ident()
        || stored.version != Some(Version::V0x13.into())
        || Params::try_from(&stored) != Ok(today)
}

fn failed(error: impl std::fmt::Display) -> HashingFailed {
    HashingFailed::Failed(error.to_string())
}

fn hash(password: &[u8], memory: &mut Vec<Block>) -> Result<String, HashingFailed> {
    with_params(password, &today()?, memory)
}

fn with_params(password: &[u8], params: &Params, memory: &mut Vec<Block>) -> Result<String, HashingFailed> {
    let salt = random::bytes::<16>();
    let output = compute(password, &salt, params, memory)?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(params).map_err(failed)?,
        salt: Some(Salt::new(&salt).map_err(failed)?),
        hash: Some(output),
    };
    Ok(phc.to_string())
}

fn verify(password: &[u8], stored: &str, memory: &mut Vec<Block>) -> Result<bool, HashingFailed> {
    let stored = PasswordHash::new(stored).map_err(failed)?;
    let params = Params::try_from(&stored).map_err(failed)?;
    let (Some(salt), Some(expected)) = (&stored.salt, &stored.hash) else {
        return Err(failed("a stored hash without salt or output"));
    };
    // `Output` compares in constant time.
    Ok(compute(password, salt, &params, memory)? == *expected)
}

fn compute(password: &[u8], salt: &[u8], params: &Params, memory: &mut Vec<Block>) -> Result<Output, HashingFailed> {
    // A stored hash may have been made with other parameters.
    if memory.len() < params.block_count() {
        memory.reserve_exact(params.block_count() - memory.len());
        memory.resize(params.block_count(), Block::default());
    }
    let mut output = vec![0; params.output_len().unwrap_or(OUTPUT_BYTES)];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
        .hash_password_into_with_memory(password, salt, &mut output, memory.as_mut_slice())
        .map_err(failed)?;
    Output::new(&output).map_err(failed)
}

#[cfg(test)]
#[expect(
    clippy::disallowed_methods,
    reason = "here it is tested what the ban keeps for one caller"
)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_fits_its_own_hash_only_and_every_try_costs_one_run() {
        let hasher = PasswordHasher::new(2).expect("hashes");
        let stored = hasher.hash("lantern-orbit-velvet-27").await.expect("hashes");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(
            hasher
                .verify("lantern-orbit-velvet-27", Some(&stored))
                .await
                .expect("verifies")
        );
        assert!(
            !hasher
                .verify("lantern-orbit-velvet-28", Some(&stored))
                .await
                .expect("verifies")
        );
        assert!(!hasher.verify("lantern-orbit-velvet-27", None).await.expect("verifies"));
        assert_eq!(hasher.runs(), 4);
    }

    /// A hash that costs next to nothing.
    fn cheap(password: &str) -> String {
        let params = Params::new(8, 1, 1, Some(OUTPUT_BYTES)).expect("parameters");
        with_params(password.as_bytes(), &params, &mut Vec::new()).expect("hashes")
    }

    #[tokio::test]
    async fn f16_a_hash_of_other_parameters_is_told_and_still_verified() {
        let hasher = PasswordHasher::new(1).expect("hashes");
        let old = cheap("lantern-orbit-velvet-27");
        assert!(old.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{old}");
        assert!(is_outdated(&old));
        assert!(!is_outdated(
            &hasher.hash("lantern-orbit-velvet-27").await.expect("hashes")
        ));
        assert!(!is_outdated("no hash"));
        assert!(
            hasher
                .verify("lantern-orbit-velvet-27", Some(&old))
                .await
                .expect("verifies")
        );
    }

    #[tokio::test]
    async fn f1_no_more_memory_is_kept_than_hashes_may_run() {
        let hasher = PasswordHasher::new(2).expect("hashes");
        let block_count = today().expect("parameters").block_count();
        let larger = Params::new(MEMORY_KIB * 2, 1, 1, Some(OUTPUT_BYTES)).expect("parameters");
        let larger = with_params(b"lantern", &larger, &mut Vec::new()).expect("hashes");
        let all = (0..6).map(|number| {
            let (hasher, larger) = (hasher.clone(), larger.clone());
            tokio::spawn(async move {
                let stored = (number % 3 == 0).then_some(larger.as_str());
                hasher.verify("lantern-orbit-velvet-27", stored).await
            })
        });
        for one in futures::future::join_all(all).await {
            assert!(!one.expect("it does not panic").expect("verifies"));
        }
        assert!(
            hasher.kept_bytes() <= 2 * block_count * Block::SIZE,
            "{}",
            hasher.kept_bytes()
        );
        assert!(hasher.heavy().most_at_once() <= 2);
        assert_eq!(hasher.runs(), 6);
    }

    #[tokio::test]
    async fn k14_a_hash_of_before_blanks_became_spaces_still_fits_and_costs_tell_nothing() {
        let hasher = PasswordHasher::new(2).expect("hashes");
        let typed = |text: &str| PasswordAttempt::normalise(&text.to_owned().into());
        let (spaces, other) = ("lantern orbit velvet", "lantern\u{a0}orbit\u{3000}velvet");
        let before = hasher.hash(other).await.expect("hashes");
        let now = hasher.hash(spaces).await.expect("hashes");
        for (text, stored, fits, runs) in [
            (spaces, Some(&now), true, 1),
            (other, Some(&now), true, 1),
            (other, Some(&before), true, 2),
            (spaces, Some(&before), false, 1),
            ("wrong one", Some(&now), false, 1),
            ("wrong\u{a0}one", Some(&now), false, 2),
            ("wrong\u{a0}one", Some(&before), false, 2),
            ("wrong\u{a0}one", None, false, 2),
            ("wrong one", None, false, 1),
        ] {
            let already = hasher.runs();
            let stored = stored.map(String::as_str);
            assert_eq!(
                hasher.fits(&typed(text), stored).await.expect("verifies"),
                fits,
                "{text:?}"
            );
            assert_eq!(hasher.runs() - already, runs, "{text:?}");
        }
    }
}
