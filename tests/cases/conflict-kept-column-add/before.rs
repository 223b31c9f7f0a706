diesel::table! {
    session (id) {
        id -> Integer,
        email -> Text,
        plan -> Nullable<Text>,
    }
}

glowplug::ddl! {
    table session {
        primary key (id) on conflict replace;
        email: not null named there on conflict ignore;
        unique (email) on conflict fail;
        unique once (plan, email) on conflict replace;
        check "email <> ''" on conflict rollback;
    }
}
