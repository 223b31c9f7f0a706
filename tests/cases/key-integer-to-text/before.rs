diesel::table! {
    session (id) {
        id -> Integer,
        title -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}
