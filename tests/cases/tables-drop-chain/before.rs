diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    a_root (id) {
        id -> Integer,
    }
}

diesel::table! {
    b_mid (id) {
        id -> Integer,
        a_id -> Integer,
    }
}

diesel::table! {
    c_leaf (id) {
        id -> Integer,
        b_id -> Integer,
    }
}

glowplug::ddl! {
    table a_root {}

    table b_mid {
        foreign key (a_id) references a_root (id) on delete cascade;
    }

    table c_leaf {
        foreign key (b_id) references b_mid (id) on delete cascade;
    }
}
