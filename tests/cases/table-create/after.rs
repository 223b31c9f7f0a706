diesel::table! {
    org (id) {
        id -> Integer,
        name -> Text,
    }
}

diesel::table! {
    session (id) {
        id -> Integer,
        org_id -> Integer,
        #[max_length = 20]
        status -> Varchar,
        email -> Nullable<Text>,
        price -> Integer,
        quantity -> Integer,
        total -> Nullable<Integer>,
        created_at -> Timestamp,
        deleted_at -> Nullable<Timestamp>,
    }
}

glowplug::ddl! {
    table session {
        id: identity;
        status: default "'pending'";
        total: generated "price * quantity" stored;
        created_at: default "CURRENT_TIMESTAMP";
        unique (email);
        index (status);
        index session_recent (created_at desc, id) where { sqlite "deleted_at IS NULL", postgres "deleted_at IS NULL" };
        index session_lower_email ({ sqlite "lower(email)", postgres "lower(email)" });
        check status_known "status IN ('pending', 'running', 'completed')";
        check "quantity > 0";
        foreign key session_org (org_id) references org (id) on delete cascade;
    }
}
