diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        plan -> Nullable<Text>,
        rank -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {}
}
