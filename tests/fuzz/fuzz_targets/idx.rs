//! IDX, unpacked: never a panic, and what is read accounts for every byte of the file.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match datasets::idx::parse(bytes, "f") {
        Ok(idx) => {
            assert_eq!(idx.dims.iter().product::<usize>(), idx.values.len());
            assert_eq!(idx.header_len() + idx.values.len(), bytes.len());
        }
        Err(fault) => assert!(!fault.to_string().contains('\n')),
    }
});
