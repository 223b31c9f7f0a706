diesel::table! {
    place (id) {
        id -> Integer,
        at -> Binary,
    }
}

glowplug::ddl! {
    table place {
        at: type "point";
        index place_at (at) using spatial;
    }
}
