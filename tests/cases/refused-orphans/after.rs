diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Nullable<Integer>,
        label -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table org {}

    table desk {
        foreign key (org_id) references org (id);
    }
}
