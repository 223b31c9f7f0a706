diesel::table! {
    session (id) {
        id -> Nullable<Integer>,
        title -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {}
}
