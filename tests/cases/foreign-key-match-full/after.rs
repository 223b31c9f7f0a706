diesel::table! {
    place (region, number) {
        region -> Text,
        number -> Integer,
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        region -> Nullable<Text>,
        number -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table session {
        foreign key (region, number) references place (region, number) match full;
    }
}
