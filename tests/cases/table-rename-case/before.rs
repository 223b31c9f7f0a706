diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
        parent_id -> Nullable<Integer>,
    }
}

diesel::table! {
    desk (id) {
        id -> Integer,
        org_id -> Integer,
    }
}

glowplug::ddl! {
    table org {
        index org_name (name);
        foreign key (parent_id) references org (id);
    }

    table desk {
        foreign key (org_id) references org (id) on delete cascade;
    }
}
