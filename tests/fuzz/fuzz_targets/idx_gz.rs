//! IDX as it lies on the disk, gzipped: a bomb stops at the limit, damage is an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

const LIMIT: u64 = 1 << 20;

fuzz_target!(|packed: &[u8]| {
    match datasets::gzip::unpack(packed, "f", LIMIT) {
        Ok(bytes) => {
            assert!(bytes.len() as u64 <= LIMIT);
            let _ = datasets::idx::parse(&bytes, "f");
        }
        Err(fault) => assert!(!fault.to_string().contains('\n')),
    }
});
