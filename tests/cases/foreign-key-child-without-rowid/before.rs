diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    seat (org_id, at) {
        org_id -> Integer,
        at -> Integer,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table org {}

    table seat {
        foreign key (org_id) references org (id) on delete cascade;
        without rowid;
    }
}
