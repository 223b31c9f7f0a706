//! Attributes of columns.

diesel::table! {
    article (id) {
        id -> BigInt,
        slug -> Text,
        title -> Nullable<Text>,
        price -> Integer,
        quantity -> Integer,
        total -> Integer,
        doubled -> Integer,
        weight -> Numeric,
        created_at -> Timestamp,
        #[max_length = 40]
        code -> Varchar,
    }
}

diesel::table! {
    counter (id) { id -> Integer, at -> Integer }
}

diesel::table! {
    ticket (id) { id -> Integer, at -> Integer }
}

diesel::table! {
    country (number) { number -> Integer, at -> Integer }
}

diesel::table! {
    node (id) { id -> Integer, at -> Integer }
}

glowplug::ddl! {
    table article {
        id: identity;
        slug: collate "NOCASE", comment "as typed";
        /// A doc comment says nothing here.
        title: default r#"'say "hi"'"#;
        total: generated "price * quantity" stored;
        doubled: generated { sqlite "price * 2", postgres "price + price" } virtual;
        weight: type "numeric(12,2)", default "0",;
        created_at: default { sqlite "CURRENT_TIMESTAMP", postgres "now()" };
        code: type { postgres "varchar(40)" }, collate { postgres "C" };
    }
    table counter { id: identity always; at: default "0"; }
    table ticket { id: serial; at: comment { sqlite "one", mysql "two", postgres "three" }; }
    table country { number: unassigned; }
    table node { id: rowid; }
}
