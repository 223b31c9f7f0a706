diesel::table! {
    person (id) {
        id -> Integer,
        age -> Integer,
        name -> Text,
    }
}

glowplug::ddl! {
    table person {}
}
