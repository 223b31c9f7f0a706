diesel::table! {
    place (id) {
        id -> Integer,
        region -> Text,
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
        unique (region, number);
    }

    table visit {
        foreign key (region, number) references place (region, number) on delete cascade on update cascade;
    }
}
