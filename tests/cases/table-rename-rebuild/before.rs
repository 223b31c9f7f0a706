diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
        size -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table org {}
}
