diesel::table! {
    country (code) {
        id -> Integer,
        code -> Text,
    }
}

glowplug::ddl! {
    table country {}
}
