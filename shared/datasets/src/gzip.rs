//! Unpacking gzip without trusting it: a few kilobytes can unpack to gigabytes.

use std::io::Read;

use flate2::bufread::GzDecoder;

use crate::error::{At, DataError, Result};

/// The most that any of the course's files may unpack to: 256 MiB.
///
/// Chosen by us: the largest, CIFAR-10, needs 184 MB; MNIST's training images 47 MB.
pub const MAX_UNPACKED: u64 = 256 << 20;

/// Unpacks one gzip member that must fill `packed` to its last byte.
///
/// Memory grows with what has been unpacked so far, never with what a header announces.
///
/// # Errors
/// [`DataError::Format`] if the stream is damaged or cut off, if it unpacks to more than
/// `limit` bytes, or if bytes follow its end.
pub fn unpack(packed: &[u8], file: &str, limit: u64) -> Result<Vec<u8>> {
    let mut decoder = GzDecoder::new(packed);
    let mut bytes = Vec::new();
    let read = decoder.by_ref().take(limit + 1).read_to_end(&mut bytes);

    let left = decoder.get_ref().len();
    let at = At::Byte((packed.len() - left) as u64);
    if let Err(fault) = read {
        return Err(DataError::format(file, at, "gzip data", fault.to_string()));
    }
    if bytes.len() as u64 > limit {
        let expected = format!("at most {limit} bytes when unpacked");
        return Err(DataError::format(file, at, expected, "more"));
    }
    if left > 0 {
        let got = format!("{left} more bytes");
        return Err(DataError::format(file, at, "the end of the file", got));
    }
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::io::Write;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_was_packed_comes_back() {
        assert_eq!(unpack(&pack(b"neuron"), "f", 6).unwrap(), b"neuron");
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let bomb = pack(&vec![0; 10_000_000]); // about 10 KB
        let fault = unpack(&bomb, "f", 1000).unwrap_err().to_string();
        assert!(
            fault.contains("expected at most 1000 bytes when unpacked, found more"),
            "{fault}"
        );
    }

    #[test]
    fn every_cut_and_every_flipped_byte_is_noticed_or_harmless() {
        let packed = pack(b"weights and biases");
        for length in 0..packed.len() {
            assert!(
                unpack(&packed[..length], "f", 100).is_err(),
                "cut at {length}"
            );
        }
        for place in 0..packed.len() {
            for mask in 1..=255u8 {
                let mut flipped = packed.clone();
                flipped[place] ^= mask;
                // The header's time, system and hints may change without changing the content.
                if let Ok(bytes) = unpack(&flipped, "f", 100) {
                    assert_eq!(bytes, b"weights and biases", "byte {place} ^ {mask:#x}");
                }
            }
        }
    }

    #[test]
    fn bytes_after_the_end_are_an_error_at_their_offset() {
        let mut packed = pack(b"x");
        let end = packed.len();
        packed.extend_from_slice(b"yz");
        let fault = unpack(&packed, "f", 100).unwrap_err().to_string();
        assert_eq!(
            fault,
            format!("f, byte {end}: expected the end of the file, found 2 more bytes")
        );
    }
}
