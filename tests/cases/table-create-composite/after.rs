diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    membership (org_id, person) {
        org_id -> Integer,
        person -> Text,
        role -> Text,
    }
}

diesel::table! {
    badge (id) {
        id -> Integer,
        org_id -> Integer,
        person -> Text,
        colour -> Text,
    }
}

glowplug::ddl! {
    table membership {
        foreign key (org_id) references org (id) on delete cascade;
    }

    table badge {
        foreign key badge_member (org_id, person) references membership (org_id, person) on update cascade;
        unique (org_id, colour);
    }
}
