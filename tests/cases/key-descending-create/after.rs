diesel::table! {
    up (id) {
        id -> Integer,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    down (id) {
        id -> Integer,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    counted (id) {
        id -> Integer,
        note -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table up {
        id: rowid;
        primary key (id desc);
    }

    table down {
        id: unassigned;
        primary key (id desc) on conflict fail;
    }

    table counted {
        id: identity;
        primary key counted_key (id desc);
    }
}
