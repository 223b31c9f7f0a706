//! Other names for what stays as it is.

use super::Change;

/// The statements alone.
fn statements(sql: &str) -> Vec<&str> {
    sql.lines().filter(|line| !line.is_empty() && !line.starts_with("--")).collect()
}

#[test]
fn an_index_keeps_what_was_said_of_it() {
    let change = Change::on(
        "CREATE TABLE q (id int NOT NULL, n text); CREATE UNIQUE INDEX qi ON q (id);
         ALTER TABLE q REPLICA IDENTITY USING INDEX qi; ALTER TABLE q CLUSTER ON qi;
         COMMENT ON INDEX qi IS 'cc';",
    );
    let (up, lines) = change.edit("index qi", "index qj").allow(&[]).round();
    assert_eq!(statements(&up), ["ALTER INDEX \"qi\" RENAME TO \"qj\";"]);
    assert!(lines.contains("REPLICA IDENTITY USING INDEX qj"), "{lines}");
    assert!(lines.contains("CLUSTER ON qj"), "{lines}");
    assert!(lines.contains("COMMENT ON INDEX public.qj IS 'cc'"), "{lines}");
}

#[test]
fn a_constraint_keeps_what_was_said_of_it() {
    let setup =
        "CREATE TABLE p (id int PRIMARY KEY, n int NOT NULL, m int, CONSTRAINT u UNIQUE (n),
           CONSTRAINT c CHECK (m > 0), CONSTRAINT f FOREIGN KEY (m) REFERENCES p (n),
           CONSTRAINT x EXCLUDE USING btree (m WITH =));
         ALTER TABLE p REPLICA IDENTITY USING INDEX u;
         COMMENT ON CONSTRAINT u ON p IS 'uu'; COMMENT ON CONSTRAINT c ON p IS 'cc';
         COMMENT ON CONSTRAINT f ON p IS 'ff'; COMMENT ON CONSTRAINT x ON p IS 'xx';";
    for (word, name) in [("unique", "u"), ("check", "c"), ("foreign key", "f"), ("exclude", "x")] {
        let (old, new) = (format!("{word} {name} "), format!("{word} other "));
        let (up, lines) = Change::on(setup).edit(&old, &new).allow(&[]).round();
        let rename = format!("ALTER TABLE \"p\" RENAME CONSTRAINT \"{name}\" TO \"other\";");
        assert_eq!(statements(&up), [rename]);
        let comment = format!("COMMENT ON CONSTRAINT other ON public.p IS '{name}{name}'");
        assert!(lines.contains(&comment), "{lines}");
    }
}

/// Two names that change places, and a name of what makes room, cannot be said in place.
#[test]
fn what_cannot_be_renamed_is_made_anew_or_refused() {
    let swap = "CREATE TABLE q (id int PRIMARY KEY, n text, m text);
        CREATE INDEX one ON q (n); CREATE INDEX two ON q (m);";
    let swapped = |change: Change| {
        change.edit("index one (n)", "index two (n)").edit("index two (m)", "index one (m)")
    };
    let (up, _) = swapped(Change::on(swap)).round();
    assert!(!up.contains("RENAME"), "{up}");
    let told = swapped(Change::on(&format!("{swap} COMMENT ON INDEX one IS 'c'"))).plan();
    let told = told.expect_err("the comment would be lost");
    assert!(told.contains("`one` of `q`: it is to be called `two`"), "{told}");
}
