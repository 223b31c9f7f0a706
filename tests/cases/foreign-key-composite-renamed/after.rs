diesel::table! {
    place (id) {
        id -> Integer,
        area -> Text,
        number -> Integer,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    visit (id) {
        id -> Integer,
        region -> Nullable<Text>,
        number -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table place {
        unique (area, number);
    }

    table visit {
        foreign key (region, number) references place (area, number) on delete cascade on update cascade;
    }
}
