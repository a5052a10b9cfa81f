//! Argon2id, off the async threads and behind permits, as many as there are cores (C7).
//!
//! m = 19456 KiB, t = 2, p = 1 (OWASP password storage cheat sheet), stored as PHC strings. Each permit keeps its
//! 19 MiB between hashes: measured 4 to 14 % faster on two threads. Runs are counted, so that tests can show that every
//! kind of sign-in costs exactly one (B4) and that oversized input costs none (C6).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use tokio::sync::Semaphore;

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
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    permits: Semaphore,
    /// Memory that no permit uses just now.
    idle_memory: Mutex<Vec<Vec<Block>>>,
    runs: AtomicU64,
    /// Verified against where there is no account, so that it costs the same (B4).
    decoy: String,
}

/// A hash could not be made or read. A bug, or a damaged row.
#[derive(Debug, thiserror::Error)]
#[error("password hashing failed: {0}")]
pub struct HashingFailed(String);

impl PasswordHasher {
    /// At most `permits` hashes at once.
    pub fn new(permits: usize) -> Result<Self, HashingFailed> {
        let mut memory = Vec::new();
        let decoy = hash(&random::bytes::<32>(), &mut memory)?;
        let shared = Shared {
            permits: Semaphore::new(permits.max(1)),
            idle_memory: Mutex::new(vec![memory]),
            runs: AtomicU64::new(0),
            decoy,
        };
        Ok(Self {
            shared: Arc::new(shared),
        })
    }

    /// As many permits as cores.
    pub fn for_this_machine() -> Result<Self, HashingFailed> {
        Self::new(std::thread::available_parallelism().map_or(1, std::num::NonZero::get))
    }

    /// How many hashes were computed since the start.
    pub fn runs(&self) -> u64 {
        self.shared.runs.load(Ordering::SeqCst)
    }

    /// The PHC string of a password, with a salt of its own.
    pub async fn hash(&self, password: &str) -> Result<String, HashingFailed> {
        let password = password.to_owned();
        self.run(move |memory| hash(password.as_bytes(), memory)).await
    }

    /// Whether the password fits the stored hash. Without a stored hash it fits nothing, at the same cost.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool, HashingFailed> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or(&self.shared.decoy).to_owned();
        let password = password.to_owned();
        let fits = self
            .run(move |memory| verify(password.as_bytes(), &stored, memory))
            .await?;
        Ok(fits && exists)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Vec<Block>) -> Result<T, HashingFailed> + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let shared = Arc::clone(&self.shared);
        let _permit = self
            .shared
            .permits
            .acquire()
            .await
            .map_err(|closed| HashingFailed(closed.to_string()))?;
        shared.runs.fetch_add(1, Ordering::SeqCst);
        let done = tokio::task::spawn_blocking(move || {
            let mut memory = lock(&shared.idle_memory).pop().unwrap_or_default();
            let result = work(&mut memory);
            lock(&shared.idle_memory).push(memory);
            result
        });
        done.await.map_err(|panicked| HashingFailed(panicked.to_string()))?
    }
}

/// A panic while the list was held can't leave it half changed.
fn lock(memory: &Mutex<Vec<Vec<Block>>>) -> std::sync::MutexGuard<'_, Vec<Vec<Block>>> {
    memory.lock().unwrap_or_else(PoisonError::into_inner)
}

fn failed(error: impl std::fmt::Display) -> HashingFailed {
    HashingFailed(error.to_string())
}

fn hash(password: &[u8], memory: &mut Vec<Block>) -> Result<String, HashingFailed> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, Some(OUTPUT_BYTES)).map_err(failed)?;
    let salt = random::bytes::<16>();
    let output = compute(password, &salt, &params, memory)?;
    let phc = PasswordHash {
        algorithm: Algorithm::Argon2id.ident(),
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).map_err(failed)?,
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
        memory.resize(params.block_count(), Block::default());
    }
    let mut output = vec![0; params.output_len().unwrap_or(OUTPUT_BYTES)];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
        .hash_password_into_with_memory(password, salt, &mut output, memory.as_mut_slice())
        .map_err(failed)?;
    Output::new(&output).map_err(failed)
}

#[cfg(test)]
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
}
