diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    plain_key (id) {
        id -> Integer,
        a -> Text,
    }
}

diesel::table! {
    counted_key (id) {
        id -> Integer,
        a -> Text,
    }
}

diesel::table! {
    own_key (id) {
        id -> Integer,
        a -> Text,
    }
}

glowplug::ddl! {
    table plain_key {
        id: rowid;
    }

    table counted_key {
        id: identity;
    }

    table own_key {
        id: unassigned;
    }
}
