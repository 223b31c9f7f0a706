diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        title -> Text,
        org_id -> Nullable<Integer>,
    }
}

glowplug::ddl! {
    table org {}

    table session {
        foreign key (org_id) references org (id) on delete set null;
    }
}
