diesel::table! {
    session (id) {
        id -> Integer,
        b -> Nullable<Text>,
        a -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}
