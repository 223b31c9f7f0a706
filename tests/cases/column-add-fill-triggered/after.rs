diesel::table! {
    session (id) {
        id -> Integer,
        title -> Nullable<Text>,
        slug -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}
