diesel::table! {
    place (id) {
        id -> Integer,
        at -> Binary,
    }
}

glowplug::ddl! {
    table place {
        at: type "point";
    }
}
