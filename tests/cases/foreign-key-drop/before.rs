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
        foreign key desk_org (org_id) references org (id) on delete set null;
        index desk_org_id (org_id);
    }
}
