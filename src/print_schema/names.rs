//! Rust names for SQL names, as Diesel CLI finds them.

/// What `table!` makes of a table has these names already.
const RESERVED: [&str; 3] = ["table", "columns", "is_nullable"];

/// The Rust name of a table or schema.
pub(super) fn rust_name(sql: &str) -> String {
    let name = mapped(sql);
    if is_reserved(&name) { format!("{name}_") } else { name }
}

/// The Rust name of a column: it may not have that of its table.
pub(super) fn rust_name_of_column(sql: &str, table: &str) -> String {
    let name = mapped(sql);
    if is_reserved(&name) || name == table { format!("{name}_") } else { name }
}

fn is_reserved(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_err()
        || RESERVED.contains(&name)
        || (name.starts_with("__") && !name.ends_with('_'))
}

/// Runs of characters that no identifier has become one `_`, and so does the place before a digit
/// at the start.
fn mapped(sql: &str) -> String {
    let digit = sql.starts_with(|c: char| c.is_ascii_digit());
    let mut name = String::with_capacity(sql.len() + 1);
    if digit {
        name.push('_');
    }
    let mut after_gap = digit;
    for c in sql.chars() {
        if c.is_ascii_alphanumeric() || c == '_' {
            name.push(c);
            after_gap = false;
        } else if !after_gap {
            name.push('_');
            after_gap = true;
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::{rust_name, rust_name_of_column};

    #[test]
    fn names_that_rust_does_not_know_are_mapped() {
        for (sql, rust) in [
            ("user", "user"),
            ("it's", "it_s"),
            ("a - b", "a_b"),
            ("1st", "_1st"),
            ("é", "__"),
            ("type", "type_"),
            ("columns", "columns_"),
            ("__hidden", "__hidden_"),
            ("__hidden_", "__hidden_"),
        ] {
            assert_eq!(rust_name(sql), rust, "{sql}");
        }
        assert_eq!(rust_name_of_column("user", "user"), "user_");
    }
}
