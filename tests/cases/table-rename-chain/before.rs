diesel::table! {
    alpha (id) {
        id -> Integer,
        a -> Text,
    }
}

diesel::table! {
    beta (id) {
        id -> Integer,
        b -> Text,
    }
}

glowplug::ddl! {
    table alpha {}

    table beta {}
}
