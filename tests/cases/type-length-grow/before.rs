diesel::table! {
    item (id) {
        id -> Integer,
        #[max_length = 20]
        code -> Varchar,
    }
}

glowplug::ddl! {
    table item {
        unique (code);
    }
}
