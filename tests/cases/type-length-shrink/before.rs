diesel::table! {
    item (id) {
        id -> Integer,
        #[max_length = 40]
        code -> Varchar,
    }
}

glowplug::ddl! {
    table item {}
}
