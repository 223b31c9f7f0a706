diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Integer,
        label -> Nullable<Text>,
    }
}

diesel::table! {
    lamp (id) {
        id -> Integer,
        desk_id -> Integer,
        watt -> Text,
    }
}

glowplug::ddl! {
    table org {}

    table desk {
        foreign key (org_id) references org (id) on delete cascade;
    }

    table lamp {
        foreign key (desk_id) references desk (id) on delete cascade;
    }
}
