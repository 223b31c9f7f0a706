diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
        city -> Nullable<Text>,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Integer,
        label -> Text,
    }
}

diesel::table! {
    lamp (id) {
        id -> Integer,
        desk_id -> Integer,
        watt -> Integer,
    }
}

diesel::table! {
    bulb (id) {
        id -> Integer,
        lamp_id -> Integer,
    }
}

glowplug::ddl! {
    table org {}

    table desk {
        foreign key (org_id) references org (id) on delete restrict;
        index (label);
    }

    table lamp {
        foreign key (desk_id) references desk (id) on delete cascade;
    }

    table bulb {
        foreign key (lamp_id) references lamp (id);
    }
}
