//! The manifest: never a panic; no name that is accepted leads out of the cache folder.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match datasets::Manifest::parse(text, "f") {
        Ok(manifest) => {
            for set in &manifest.sets {
                for variant in &set.variants {
                    for file in &variant.files {
                        for name in [&set.name, &variant.name, &file.name] {
                            assert!(!name.contains(['/', '\\']) && !name.starts_with('.'));
                        }
                    }
                }
            }
        }
        Err(fault) => assert!(!fault.to_string().contains('\n')),
    }
});
