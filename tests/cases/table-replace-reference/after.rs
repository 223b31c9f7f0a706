diesel::table! {
    new_org (id) {
        id -> Integer,
        label -> Text,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table new_org {}

    table desk {
        foreign key (org_id) references new_org (id);
    }
}
