diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    note (id) {
        id -> Integer,
        org_id -> Nullable<Integer>,
        body -> Text,
        pinned -> Bool,
    }
}

glowplug::ddl! {
    table note {
        pinned: default { sqlite "0", postgres "false", mysql "0" };
        index note_body (body);
        unique (org_id, body);
        foreign key (org_id) references org (id) on delete set null;
    }
}
