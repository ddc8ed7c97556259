//! CSV tables: what is read, and what is an error with its line.
#![allow(clippy::unwrap_used)]

use datasets::{DataError, Result, Table, Values};
use proptest::prelude::*;

fn parse(text: &str) -> Result<Table> {
    Table::parse("pets", "pets.csv", text.as_bytes())
}

fn fault(text: &str) -> String {
    let fault = parse(text).unwrap_err().to_string();
    assert!(!fault.contains('\n'), "one line: {fault}");
    fault
}

#[test]
fn numbers_text_units_and_missing_values_are_told_apart() {
    let table = parse("name,weight [kg],age\nRex,31.5,4\n\"Cat, the\",NA,\n").unwrap();
    assert_eq!(table.column_names(), ["name", "weight", "age"]);
    assert_eq!(table.columns[1].unit.as_deref(), Some("kg"));
    assert_eq!(table.text("name").unwrap()[1].as_deref(), Some("Cat, the"));
    assert_eq!(table.numbers("weight").unwrap(), [Some(31.5), None]);
    assert_eq!(table.numbers("age").unwrap(), [Some(4.0), None]);
    assert_eq!(table.rows(), 2);
    assert_eq!(table.columns[2].values.missing(), 1);
}

#[test]
fn quotes_are_read_as_rfc_4180_says() {
    let table = parse("a,b\n\"say \"\"hi\"\"\",\"\"\n").unwrap();
    assert_eq!(table.text("a").unwrap()[0].as_deref(), Some("say \"hi\""));
    assert_eq!(table.columns[1].values, Values::Text(vec![None]));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    assert_eq!(
        parse("\u{feff}a,b\r\n1,x\r\n").unwrap(),
        parse("a,b\n1,x\n").unwrap()
    );
}

#[test]
fn a_row_of_another_length_is_named_by_its_line() {
    assert_eq!(
        fault("a,b\n1,2\n3\n"),
        "pets.csv, line 3: expected 2 fields, as in the header, found 1"
    );
    assert!(
        fault("a,b\n1,2,3\n").ends_with("line 2: expected 2 fields, as in the header, found 3")
    );
}

#[test]
fn a_file_without_its_last_newline_may_be_cut() {
    assert!(fault("a,b\n1,2\n3,4").starts_with("pets.csv, line 3: expected a newline"));
}

#[test]
fn empty_files_lines_and_names_are_errors() {
    assert_eq!(
        fault(""),
        "pets.csv, line 1: expected a header row, found an empty file"
    );
    assert_eq!(
        fault("a\n1\n\n2\n"),
        "pets.csv, line 3: expected a row, found an empty line"
    );
    assert!(fault("a,\n1,2\n").contains("line 1: expected a name for each column"));
    assert!(fault("a,a [kg]\n1,2\n").ends_with("all different, found `a` as column 2"));
}

#[test]
fn an_unnamed_first_column_is_called_row() {
    assert_eq!(parse(",x\n0,5\n").unwrap().column_names(), ["row", "x"]);
}

#[test]
fn broken_quotes_are_errors() {
    assert!(fault("a\n\"open\n").contains("line 2: expected a closing quote"));
    assert!(
        fault("a\n\"shut\" late\n").contains("line 2: expected a comma after the closing quote")
    );
    assert!(fault("a\nmid\"dle\n").contains("line 2: expected quotes around a whole field"));
}

#[test]
fn bytes_that_are_no_text_are_named_by_their_offset() {
    let fault = Table::parse("pets", "pets.csv", b"a\n\xff\n")
        .unwrap_err()
        .to_string();
    assert_eq!(
        fault,
        "pets.csv, byte 2: expected UTF-8 text, found the byte ff"
    );
}

#[test]
fn nan_and_infinity_are_not_numbers() {
    for word in ["nan", "inf", "-infinity", "1e40", "0x10", "1_000", " 1"] {
        let table = parse(&format!("a\n1\n{word}\n")).unwrap();
        let fault = table.numbers("a").unwrap_err().to_string();
        let expected = format!("pets, column a: expected finite numbers, found `{word}` in row 2");
        assert_eq!(fault, expected);
    }
}

#[test]
fn questions_a_table_cannot_answer_say_what_it_has() {
    let table = parse("name,age\nRex,4\nTom,\n").unwrap();
    let says = |fault: DataError| fault.to_string();
    assert_eq!(
        says(table.numbers("weight").unwrap_err()),
        "pets, column weight: expected one of name, age, found no such column"
    );
    assert_eq!(
        says(table.text("age").unwrap_err()),
        "pets, column age: expected text, found numbers"
    );
    assert!(says(table.matrix(&["age"]).unwrap_err()).ends_with("found none in row 2"));
    assert_eq!(table.select(&[0]).matrix(&["age"]).unwrap()[[0, 0]], 4.0);
}

#[test]
fn classes_are_numbered_as_they_first_appear() {
    let table = parse("kind\ndog\ncat\ndog\n").unwrap();
    let (indices, names) = table.classes("kind").unwrap();
    assert_eq!(
        (indices, names),
        (vec![0, 1, 0], vec!["dog".to_owned(), "cat".to_owned()])
    );
}

proptest! {
    #[test]
    fn random_text_never_panics_and_columns_have_one_length(
        text in "[ab1,.\"\\[\\]\n\r\u{e9} -]{0,60}"
    ) {
        if let Ok(table) = parse(&text) {
            for column in &table.columns {
                prop_assert_eq!(column.values.len(), table.rows());
            }
        }
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let _ = Table::parse("pets", "pets.csv", &bytes);
    }
}
