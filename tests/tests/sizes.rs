//! Files and functions are short enough to be read.

use course_tests::{expect_none, root, sizes};

#[test]
fn no_file_or_function_is_above_its_hard_stop() {
    println!("{}", sizes::table(&sizes::measure(root())));
    expect_none("sizes", &sizes::check(root()));
}
