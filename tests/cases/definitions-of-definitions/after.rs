diesel::table! {
    person (id) {
        id -> Integer,
        where_to -> Nullable<Text>,
    }
}

glowplug::ddl! {
    composite z_first { line "a_last", mood "mood" }
    domain m_middle "a_base";
    domain a_last "m_middle";
    domain a_base {
        type "text";
        check "VALUE <> ''";
    }
    enum mood ("sad", "ok");

    table person {
        where_to: type "m_middle";
    }
}
