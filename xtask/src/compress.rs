//! Compression at its slowest and smallest: done once at build time, so that the server never does it.

use std::io::{self, Write};

use flate2::{Compression, write::GzEncoder};

/// Brotli's quality and window: the best there is. The window of 2^24 bytes is larger than any file of ours and
/// within what every browser accepts.
const QUALITY: u32 = 11;
const WINDOW_BITS: u32 = 24;
const BUFFER_BYTES: usize = 64 * 1024;

/// Brotli, or nothing when that is not smaller.
pub fn brotli(raw: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut writer = brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, QUALITY, WINDOW_BITS);
    writer.write_all(raw)?;
    Ok(if_smaller(writer.into_inner(), raw))
}

/// Gzip, or nothing when that is not smaller. Without name and time inside: equal files stay equal.
pub fn gzip(raw: &[u8]) -> io::Result<Option<Vec<u8>>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(raw)?;
    Ok(if_smaller(writer.finish()?, raw))
}

fn if_smaller(packed: Vec<u8>, raw: &[u8]) -> Option<Vec<u8>> {
    (packed.len() < raw.len()).then_some(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_comes_out_again() {
        let raw = "lantern orbit velvet ".repeat(500).into_bytes();
        let mut back = Vec::new();
        brotli::Decompressor::new(&*brotli(&raw).unwrap().unwrap(), 4096)
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, raw);
        back.clear();
        flate2::read::GzDecoder::new(&*gzip(&raw).unwrap().unwrap())
            .read_to_end(&mut back)
            .unwrap();
        assert_eq!(back, raw);
    }

    #[test]
    fn what_does_not_shrink_is_left_alone() {
        assert_eq!(brotli(b"x").unwrap(), None);
        assert_eq!(gzip(b"x").unwrap(), None);
    }
}
