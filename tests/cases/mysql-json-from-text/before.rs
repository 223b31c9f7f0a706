diesel::table! {
    item (id) {
        id -> Integer,
        doc -> Nullable<Longtext>,
    }
}

glowplug::ddl! {
    table item {
        doc: type "longtext";
    }
}
