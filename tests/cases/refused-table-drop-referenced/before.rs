diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    table note {}
}
