//! CSV tables: never a panic; every column has one value a row.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match datasets::Table::parse("t", "f", bytes) {
        Ok(table) => {
            assert!(
                table
                    .columns
                    .iter()
                    .all(|column| column.values.len() == table.rows())
            );
            for name in table.column_names() {
                let _ = table.matrix(&[name]);
                let _ = table.classes(name);
            }
        }
        Err(fault) => assert!(!fault.to_string().contains('\n')),
    }
});
