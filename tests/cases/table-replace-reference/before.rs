diesel::table! {
    old_org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table old_org {}

    table desk {
        foreign key (org_id) references old_org (id);
    }
}
