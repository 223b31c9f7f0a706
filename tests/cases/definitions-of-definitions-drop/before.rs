diesel::table! {
    person (id) {
        id -> Integer,
    }
}

glowplug::ddl! {
    composite z_first { line "a_last", mood "mood" }
    domain a_last "a_base";
    domain a_base "text";
    enum mood ("sad", "ok");

    table person {
    }
}
